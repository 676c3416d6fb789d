using System.CommandLine;

namespace Infra.Operations.Findings;

internal sealed class SarifOption : Option<string?>
{
    public SarifOption() : base("--sarif")
    {
        Description = "Also write the findings to this file, as SARIF 2.1.0 for code scanning";
        HelpName = "FILE";
    }
}
