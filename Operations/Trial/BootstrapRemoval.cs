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
/// Destroys the bootstrap stack of a trial, which no command does, because outside trials it holds the state of every environment. Its
/// state is first moved from the bucket to the trial's folder, and stays there until everything is deleted, so that an interrupted run can
/// be continued.
/// </summary>
internal sealed class BootstrapRemoval(TrialRun run)
{
    private string StateFile => Path.Combine(run.Folder, "bootstrap.tfstate");

    /// <summary>Destroys it; does nothing if it does not exist.</summary>
    public async Task RunAsync()
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(run.Context, run.Options, "trial");
        StackFolder stack = session.Stack(StackNames.Bootstrap);
        bool hasBucket = await session.State.ExistsAsync(run.Stopping);
        if (hasBucket)
            await TakeStateAsync(session, stack.StateKey);
        if (!File.Exists(StateFile))
            return;
        StackFolder removable = Unprotected(stack);
        if (hasBucket)
            await EmptyAsync(session);
        await UnprotectTableAsync(session);
        var runner = new StackRunner(run.Context, session, []);
        await runner.ApplyAsync(await runner.PlanAsync(removable, destroy: true));
        File.Delete(StateFile);
        File.Delete(StateFile + ".backup");
    }

    private async Task TakeStateAsync(DeploymentSession session, string key)
    {
        using AmazonS3Client s3 = session.Access.S3();
        try
        {
            using GetObjectResponse answer = await s3.GetObjectAsync(session.State.Name, key, run.Stopping);
            using var reader = new StreamReader(answer.ResponseStream);
            string state = await reader.ReadToEndAsync(run.Stopping);
            Directory.CreateDirectory(run.Folder);
            await File.WriteAllTextAsync(StateFile, state, run.Stopping);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            // Moved by an earlier run, which has emptied the bucket.
        }
    }

    /// <summary>A copy of the stack without prevent_destroy, with its state in the trial's folder.</summary>
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
        copy.Complete(provider, TerraformSetup.Mirror(provider, run.Context.Variables));
        copy.UseLocalBackend(StateFile);
        return copy;
    }

    /// <summary>Deletes every version of every state; their stacks are already destroyed.</summary>
    private async Task EmptyAsync(DeploymentSession session)
    {
        using AmazonS3Client s3 = session.Access.S3();
        while (true)
        {
            ListVersionsResponse page =
                await s3.ListVersionsAsync(new ListVersionsRequest { BucketName = session.State.Name }, run.Stopping);
            if (page.Versions is not { Count: > 0 } versions)
                return;
            await s3.DeleteObjectsAsync(new DeleteObjectsRequest
            {
                BucketName = session.State.Name,
                Objects = [.. versions.Select(version => new KeyVersion { Key = version.Key, VersionId = version.VersionId })],
            }, run.Stopping);
        }
    }

    private async Task UnprotectTableAsync(DeploymentSession session)
    {
        using AmazonDynamoDBClient dynamoDb = session.Access.DynamoDb();
        string table = session.Environment.Config.State.LockTableOf(session.Environment.Names);
        try
        {
            DescribeTableResponse found = await dynamoDb.DescribeTableAsync(table, run.Stopping);
            if (found.Table.DeletionProtectionEnabled == true)
                await dynamoDb.UpdateTableAsync(
                    new UpdateTableRequest { TableName = table, DeletionProtectionEnabled = false }, run.Stopping);
        }
        catch (ResourceNotFoundException)
        {
            // Already deleted.
        }
    }
}
