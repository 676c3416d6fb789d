using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>What <c>dotnet-in-jobs</c> sends to the process of <see cref="InfraWorker"/>.</summary>
[TestFixture]
internal sealed class InfraWorkerTests
{
    // The process writes the command's output to the script's standard output, which it opens as soon as it has read the command.
    [Test]
    public void StandardOutputOfTheScript_IsThatOfTheJob_WhileTheCommandIsSent()
    {
        using var worker = new TcpListener(IPAddress.Loopback, 0);
        worker.Start();
        string port = ((IPEndPoint)worker.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        for (int i = 0; i < 10; i++)
        {
            using Process script = Start(port, InfraWorkerProcess.Program, "/bin/Infra.dll");
            using TcpClient client = worker.AcceptTcpClient();
            NetworkStream stream = client.GetStream();
            string process = Next(stream);

            Assert.That(new FileInfo($"/proc/{process}/fd/1").LinkTarget, Does.StartWith("pipe:"));

            while (Next(stream).Length > 0)
            {
            }

            stream.Write("7\n"u8);
            script.WaitForExit();
            Assert.That(script.ExitCode, Is.EqualTo(7), script.StandardError.ReadToEnd());
        }
    }

    [Test]
    public void CommandThatCannotBeRun_SaysWhy()
    {
        using var worker = new InfraWorkerProcess();
        // The standard output of bash is a socket, which another process cannot open.
        using Process script = Start(
            worker.Port, "bash", "-c", "exec 1<>/dev/tcp/127.0.0.1/$WORKER_PORT; exec \"$0\" /bin/Infra.dll", InfraWorkerProcess.Program);
        script.WaitForExit();

        Assert.That(script.StandardError.ReadToEnd(), Does.Contain("/fd/1"));
        Assert.That(script.ExitCode, Is.EqualTo(70));
    }

    private static Process Start(string port, string program, params string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["WORKER_PORT"] = port, ["INSTALLED_DOTNET"] = "/bin/false" },
        })!;

    private static string Next(Stream stream)
    {
        List<byte> bytes = [];
        for (int read; (read = stream.ReadByte()) > 0;)
            bytes.Add((byte)read);
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
