using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Domains;

/// <summary>
/// Queries the DNS with Node.js, which is installed anyway and supports NS and CNAME records; .NET only resolves addresses.
/// </summary>
/// <param name="runner">Starts Node.js.</param>
/// <param name="server">DNS server, as ADDRESS:PORT; null means the system's.</param>
internal sealed class DnsLookup(ProcessRunner runner, string? server)
{
    /// <summary>Variable with the DNS server, as ADDRESS:PORT; unset means the system's.</summary>
    public const string ServerVariable = "INFRA_DNS_SERVER";

    // A name that does not exist and a server that does not respond are treated the same: there are no records yet.
    private const string Script = """
        const { Resolver } = require('node:dns').promises;
        const [type, name, server] = process.argv.slice(1);
        const resolver = new Resolver({ timeout: 3000, tries: 2 });
        if (server) resolver.setServers([server]);
        resolver.resolve(name, type).then(found => console.log(found.join('\n')), () => {});
        """;

    /// <summary>Values of the records of a name; empty if there are none.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string type, string name)
    {
        ProcessResult result = await runner.RunAsync(new ProcessRequest("node", "-e", Script, "--", type, name, server ?? ""));
        return result.ExitCode == 0
            ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw OperationException.Failed($"the DNS query for {type} {name} failed", result.Error.Trim());
    }
}
