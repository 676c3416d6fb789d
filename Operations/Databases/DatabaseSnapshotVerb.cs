using System.CommandLine;
using Infra.Configuration.Derived;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Databases;

internal sealed class DatabaseSnapshotVerb() : Verb(
    "snapshot",
    "Take a snapshot of each database now, as a deployment to production does",
    "./infra database snapshot --env prod")
{
    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        Connection connection = await Connection.OpenAsync(invocation.Context, invocation.Options);
        var snapshots = new DeploymentSnapshots(
            invocation.Context, invocation.Options, connection.Environment,
            RdsClient.Of(connection.Access, connection.OnEmulator))
        {
            Databases = AllDatabases.ByName(connection.Environment.Config),
        };
        if (!snapshots.AreNeeded)
            throw OperationException.BadInput("the environment has no database");
        if (invocation.Options.DryRun)
        {
            invocation.Context.Reporter.Line("would take a snapshot of each database");
            return ExitCode.Changes;
        }

        invocation.Context.Reporter.Good(await snapshots.TakeAsync());
        return ExitCode.Ok;
    }
}
