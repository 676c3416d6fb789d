using System.Diagnostics;
using System.Net;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>An application of an example in a process of its own, with only the variables that a test gives it.</summary>
internal sealed class ServedApplication : IDisposable
{
    private readonly HttpClient _client;
    private readonly Running _process;
    private bool _ended;

    private ServedApplication(Running process, int port)
    {
        _process = process;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Its output so far.</summary>
    public string Output => _process.Output;

    /// <summary>Starts it and waits until it answers requests.</summary>
    /// <param name="folder">Working directory, relative to the repository.</param>
    /// <param name="program">Program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="port">Port on which it listens.</param>
    /// <param name="variables">Its environment variables, in addition to PATH.</param>
    public static ServedApplication Start(
        string folder, string program, IEnumerable<string> arguments, int port, IEnumerable<(string Name, string Value)> variables)
    {
        var application = new ServedApplication(Run(folder, program, arguments, variables), port);
        try
        {
            application.WaitUntilItAnswers();
        }
        catch
        {
            application.Dispose();
            throw;
        }

        return application;
    }

    /// <summary>Starts a command of an application.</summary>
    public static Running Run(
        string folder, string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.Combine(Checkout.Find().Root, folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string path = EnvironmentVariables.OfThisProcess()["PATH"]!;
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return new Running(Process.Start(start)!);
    }

    public (HttpStatusCode Status, string Body) Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public (HttpStatusCode Status, string Body) Send(HttpRequestMessage request)
    {
        using (request)
        using (HttpResponseMessage answer = _client.Send(request))
        using (var reader = new StreamReader(answer.Content.ReadAsStream()))
            return (answer.StatusCode, reader.ReadToEnd());
    }

    /// <summary>Sends SIGTERM, as ECS does, and waits until it ends.</summary>
    public Run Stop()
    {
        _ended = true;
        _process.Interrupt();
        return _process.Wait();
    }

    public void Dispose()
    {
        if (!_ended)
            _process.Kill();
        _client.Dispose();
    }

    private void WaitUntilItAnswers()
    {
        while (true)
        {
            try
            {
                Get("/");
                return;
            }
            catch (HttpRequestException) when (!_process.HasEnded)
            {
                Thread.Sleep(50);
            }
            catch (HttpRequestException)
            {
                Assert.Fail($"the application ended:\n{Output}");
            }
        }
    }
}
