using Amazon.S3;
using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Inventory;

/// <summary>Lists what an account holds; reads only names.</summary>
internal sealed class InventoryCommand(RunContext context)
{
    // Global services and certificates of CloudFront have their resources there.
    private const string GlobalRegion = "us-east-1";

    /// <param name="options">Chosen environment.</param>
    /// <param name="regions">Regions to list; empty means the default.</param>
    /// <param name="json">Whether to write JSON.</param>
    public async Task<ExitCode> RunAsync(SessionOptions options, IReadOnlyList<string> regions, bool json)
    {
        Connection connection = await Connection.OpenAsync(context, options, quiet: json);
        LoadedEnvironment environment = connection.Environment;
        string[] listed =
            [.. (regions.Count > 0 ? regions : [environment.Config.Region, GlobalRegion]).Distinct(StringComparer.Ordinal)];
        ManagedNames managed = await ManagedNames.ReadAsync(environment, connection.Access, context.Stopping);
        var items = new List<InventoryItem>();
        foreach (string region in listed)
            items.AddRange(await OfAsync(region, connection.Access, managed));
        foreach (string line in json
            ? [InventoryWriter.Json(environment.Config.Account, listed, items)]
            : InventoryWriter.Table(listed, items))
            context.Reporter.Line(line);
        return ExitCode.Ok;
    }

    private async Task<IEnumerable<InventoryItem>> OfAsync(string region, AwsAccess access, ManagedNames managed)
    {
        var account = new AccountInventory(access);
        try
        {
            return
            [
                .. from name in await account.BucketsAsync(region, context.Stopping)
                   select new InventoryItem(region, InventoryKind.Bucket, name, managed[InventoryKind.Bucket, name]),
                .. from layer in await account.LayersAsync(region, context.Stopping)
                   let manager = managed[InventoryKind.Layer, layer.Name]
                   select new InventoryItem(region, InventoryKind.Layer, layer.Name, manager, layer.Newest),
                .. from name in await account.StacksAsync(region, context.Stopping)
                   select new InventoryItem(region, InventoryKind.Stack, name, managed[InventoryKind.Stack, name]),
            ];
        }
        catch (Exception e) when (e is AwsApiException { IsAccessDenied: true } or AmazonS3Exception { ErrorCode: "AccessDenied" })
        {
            throw OperationException.Failed(
                $"the role in use may not list what the account holds: {e.Message}",
                "it needs s3:ListAllMyBuckets, lambda:ListLayers and cloudformation:ListStacks; with \"github\": { \"inventory\": true } "
                    + "the role of plans has them after the next bootstrap");
        }
    }
}
