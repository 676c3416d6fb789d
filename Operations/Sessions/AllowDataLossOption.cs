using System.CommandLine;

namespace Infra.Operations.Sessions;

/// <summary>The option with which <see cref="PlanGuard"/> lets a plan destroy or replace a resource with data.</summary>
internal sealed class AllowDataLossOption : Option<string[]>
{
    public AllowDataLossOption() : base(PlanGuard.AllowDataLoss)
    {
        Description = "Allow to destroy or replace this resource with data; can be repeated";
        HelpName = "ADDRESS";
    }
}
