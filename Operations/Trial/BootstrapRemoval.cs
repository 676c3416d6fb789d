using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Contracts;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Trial.Runs;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial;

/// <summary>
/// Destroys the bootstrap stack of a trial, which no verb does: elsewhere it holds the state of every environment. Its state moves out of the bucket
/// into the trial's folder first, and stays there until all is gone, so that an interrupted run can be continued.
/// </summary>
internal sealed class BootstrapRemoval(TrialRun run)
{
    private string StateFile => Path.Combine(run.Folder, "bootstrap.tfstate");

    /// <summary>Destroys it; does nothing where it is not there.</summary>
    public async Task RunAsync()
    {
        using DeploymentSession target = await DeploymentSession.PrepareAsync(run.Context, run.Options, "trial");
        StackFolder stack = target.Stack(StackNames.Bootstrap);
        bool hasBucket = await target.State.ExistsAsync(run.Stopping);
        if (hasBucket)
            await TakeStateAsync(target, stack.StateKey);
        if (!File.Exists(StateFile))
            return;
        StackFolder removable = Unprotected(stack);
        if (hasBucket)
            await EmptyAsync(target);
        await UnprotectTableAsync(target);
        var runner = new StackRunner(run.Context, target, []);
        await runner.ApplyAsync(await runner.PlanAsync(removable, destroy: true));
        File.Delete(StateFile);
        File.Delete(StateFile + ".backup");
    }

    private async Task TakeStateAsync(DeploymentSession target, string key)
    {
        using AmazonS3Client s3 = target.Access.S3();
        try
        {
            using GetObjectResponse answer = await s3.GetObjectAsync(target.State.Name, key, run.Stopping);
            using var reader = new StreamReader(answer.ResponseStream);
            string state = await reader.ReadToEndAsync(run.Stopping);
            Directory.CreateDirectory(run.Folder);
            await File.WriteAllTextAsync(StateFile, state, run.Stopping);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            // Taken by an earlier run, which has emptied the bucket.
        }
    }

    /// <summary>A copy of the stack without what keeps it from being destroyed, with its state in the trial's folder.</summary>
    private StackFolder Unprotected(StackFolder stack)
    {
        string folder = Path.Combine(run.Folder, "removal", "stacks", stack.Name);
        Directory.CreateDirectory(folder);
        var json = (JObject)stack.Json.DeepClone();
        foreach (JToken lifecycle in json.SelectTokens("resource.*.*.lifecycle").ToArray())
            (lifecycle as JObject)?.Remove("prevent_destroy");
        File.WriteAllText(Path.Combine(folder, "cdk.tf.json"), json.ToString());
        ProviderLock provider = ProviderLock.Read(run.Context.Checkout.Root);
        var copy = new StackFolder(stack.Name, folder);
        copy.Complete(provider, TerraformSetup.Mirror(provider));
        copy.UseLocalBackend(StateFile);
        return copy;
    }

    /// <summary>Deletes every version of every state; the states are of stacks that are destroyed.</summary>
    private async Task EmptyAsync(DeploymentSession target)
    {
        using AmazonS3Client s3 = target.Access.S3();
        while (true)
        {
            ListVersionsResponse page = await s3.ListVersionsAsync(new ListVersionsRequest { BucketName = target.State.Name }, run.Stopping);
            if (page.Versions is not { Count: > 0 } versions)
                return;
            await s3.DeleteObjectsAsync(new DeleteObjectsRequest
            {
                BucketName = target.State.Name,
                Objects = [.. versions.Select(version => new KeyVersion { Key = version.Key, VersionId = version.VersionId })],
            }, run.Stopping);
        }
    }

    private async Task UnprotectTableAsync(DeploymentSession target)
    {
        using AmazonDynamoDBClient dynamoDb = target.Access.DynamoDb();
        string table = target.Environment.Config.State.LockTableOf(target.Environment.Names);
        try
        {
            DescribeTableResponse found = await dynamoDb.DescribeTableAsync(table, run.Stopping);
            if (found.Table.DeletionProtectionEnabled == true)
                await dynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = table, DeletionProtectionEnabled = false }, run.Stopping);
        }
        catch (ResourceNotFoundException)
        {
            // Gone already.
        }
    }
}
