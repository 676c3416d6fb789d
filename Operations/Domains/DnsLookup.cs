using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Domains;

/// <summary>Asks the DNS, by Node, which is there anyway and knows NS and CNAME records; .NET itself looks up addresses only.</summary>
internal sealed class DnsLookup(ProcessRunner runner)
{
    /// <summary>Variable with the server to ask, as ADDRESS:PORT; unset means the machine's own.</summary>
    public const string ServerVariable = "INFRA_DNS_SERVER";

    // A name that does not exist and a server that does not answer are the same here: there is no answer yet.
    private const string Script = """
        const { Resolver } = require('node:dns').promises;
        const [type, name, server] = process.argv.slice(1);
        const resolver = new Resolver({ timeout: 3000, tries: 2 });
        if (server) resolver.setServers([server]);
        resolver.resolve(name, type).then(found => console.log(found.join('\n')), () => {});
        """;

    /// <summary>Values of the records of a name; empty where there are none.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string type, string name)
    {
        string server = Environment.GetEnvironmentVariable(ServerVariable) ?? "";
        ProcessResult result = await runner.RunAsync(new ProcessRequest("node", "-e", Script, "--", type, name, server));
        return result.ExitCode == 0
            ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw OperationException.Failed($"the DNS could not be asked for {type} {name}", result.Error.Trim());
    }
}
