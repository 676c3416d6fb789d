using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Infra.Operations.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Stacks;

namespace Infra.Tests.Runner;

/// <summary>
/// The program of <c>./infra</c> in a process that stays running, for the commands of jobs: starting .NET and jsii's kernel is most of the
/// processor time of a command. The script <c>dotnet-in-jobs</c> sends commands; writing to standard output and error happens here, to the
/// files and pipes of the script.
/// </summary>
internal static class InfraWorker
{
    // Commands change working directory and environment variables of the process, so that only one can run at a time.
    private static int s_running;

    /// <summary>Entry point of the process: writes its port to standard output, and ends when standard input ends.</summary>
    public static void Main()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        _ = AcceptAsync(listener);
        Console.In.ReadToEnd();
        // Programs that a command has left running do not keep this process.
        Environment.Exit(0);
    }

    private static async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient client = await listener.AcceptTcpClientAsync();
            _ = Task.Run(() => AnswerAsync(client));
        }
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            (string process, string folder, string[] arguments, EnvironmentVariables variables) = Read(stream);
            string answer = "busy";
            if (Interlocked.Exchange(ref s_running, 1) == 0)
            {
                try
                {
                    answer = (await RunAsync(process, folder, arguments, variables)).ToString(CultureInfo.InvariantCulture);
                }
#pragma warning disable CA1031 // The script shows why the command could not be run, instead of a closed connection.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    answer = $"70 {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";
                }
                finally
                {
                    Interlocked.Exchange(ref s_running, 0);
                }
            }

            stream.Write(Encoding.ASCII.GetBytes($"{answer}\n"));
        }
    }

    private static async Task<int> RunAsync(string process, string folder, string[] arguments, EnvironmentVariables variables)
    {
        await using TextWriter output = Open(process, 1);
        await using TextWriter problems = Open(process, 2);
        Environment.CurrentDirectory = folder;
        foreach (string other in EnvironmentVariables.OfThisProcess().Names.Except(variables.Names))
            Environment.SetEnvironmentVariable(other, null);
        foreach ((string name, string value) in variables.All)
            Environment.SetEnvironmentVariable(name, value);
        // For the help of the command line's parser; everything else is written with the reporter.
        Console.SetOut(output);
        Console.SetError(problems);
        using var interruption = new Interruption();
        return (int)await Launcher.RunAsync(
            arguments, StackSynthesizer.Synthesize, variables, new Reporter(output, problems, interactive: false), interruption);
    }

    /// <summary>A stream that the script was started with: a pipe, or a file that may already have content.</summary>
    private static TextWriter Open(string process, int descriptor)
    {
        var file = new FileStream($"/proc/{process}/fd/{descriptor}", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (file.CanSeek)
            file.Seek(0, SeekOrigin.End);
        return TextWriter.Synchronized(new StreamWriter(file) { AutoFlush = true });
    }

    // Strings with a zero byte after each: process ID of the script, its working directory, the number of arguments, these, the
    // environment variables, an empty one.
    private static (string Process, string Folder, string[] Arguments, EnvironmentVariables Variables) Read(Stream stream)
    {
        var reader = new BinaryReader(stream, Encoding.UTF8);
        string process = Next(reader);
        string folder = Next(reader);
        string[] arguments = [.. Enumerable.Range(0, int.Parse(Next(reader), CultureInfo.InvariantCulture)).Select(_ => Next(reader))];
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Next(reader) is { Length: > 0 } variable)
        {
            string[] parts = variable.Split('=', 2);
            variables[parts[0]] = parts[1];
        }

        return (process, folder, arguments, new EnvironmentVariables(variables));
    }

    private static string Next(BinaryReader reader)
    {
        List<byte> bytes = [];
        for (byte read; (read = reader.ReadByte()) != 0;)
            bytes.Add(read);
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
