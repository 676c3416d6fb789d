using System.CommandLine;

namespace Infra.Operations.Deployment;

internal sealed class FullOption : Option<bool>
{
    public FullOption() : base("--full") => Description = "Show each resource that is created, and whole values";
}
