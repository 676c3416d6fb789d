using System.CommandLine;

namespace Infra.Operations.Verbs;

/// <summary>The option of verbs that report: the result as JSON on standard output, everything else on standard error.</summary>
internal sealed class JsonOption : Option<bool>
{
    public JsonOption() : base("--json") => Description = "Output as JSON; everything else goes to standard error";
}
