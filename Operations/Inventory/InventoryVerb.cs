using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Inventory;

internal sealed class InventoryVerb() : Verb(
    "inventory",
    "List the buckets, layers and CloudFormation stacks that the account holds, by Region, and which of them the environment manages",
    "./infra inventory --env dev --profile read-only",
    "./infra inventory --env dev --region us-east-2 --region eu-west-1 --json")
{
    private readonly Option<string[]> _regions = new("--region")
    {
        Description = "Region to list; can be repeated. Default: the environment's Region, and us-east-1",
        HelpName = "REGION",
    };

    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new InventoryCommand(invocation.Context)
        .RunAsync(invocation.Options, invocation.Value(_regions), invocation.Value(_json));
}
