using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Support;

namespace Infra.Tests.Operations.Support;

/// <summary>A run context in a temporary folder that keeps all output as text.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogFile _log;

    public TestHost(Synthesize? synthesize = null, EnvironmentVariables? variables = null)
    {
        var checkout = new Checkout(_folder.Path, Path.Combine(_folder.Path, ".infra"));
        Reporter = new Reporter(Output, Problems, interactive: false);
        _log = new LogFile(checkout.Logs, "test", Reporter.Redactor);
        Context = new RunContext(checkout, variables ?? new EnvironmentVariables(new Dictionary<string, string>()), Reporter, Interruption,
            synthesize ?? (_ => new SynthesisResult([])), _log);
    }

    public StringWriter Output { get; } = new();

    public StringWriter Problems { get; } = new();

    public Reporter Reporter { get; }

    public Interruption Interruption { get; } = new();

    public RunContext Context { get; }

    public string LogPath => _log.Path;

    public string Write(string relativePath, string text) => _folder.Write(relativePath, text);

    public void Dispose()
    {
        _log.Dispose();
        Interruption.Dispose();
        _folder.Dispose();
    }
}
