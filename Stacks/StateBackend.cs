using HashiCorp.Cdktf;

namespace Infra.Stacks;

/// <summary>Terraform's state in S3: the only place that defines its key, how it is locked, and how another stack reads it.</summary>
internal static class StateBackend
{
    /// <summary>Stores a stack's state under the key.</summary>
    public static void AddTo(TerraformStack stack, Deployment deployment, string key)
    {
        new S3Backend(stack, new S3BackendConfig
        {
            Bucket = Bucket(deployment),
            Key = key,
            Region = deployment.Context.Region,
            Encrypt = true,
            DynamodbTable = deployment.Config.State.LockTableOf(deployment.Context.Names),
        });
        // Both locks: the DynamoDB table, which older Terraform versions support, and the S3 lock file, which replaces it. cdktf has no
        // property for the latter.
        stack.AddOverride("terraform.backend.s3.use_lockfile", true);
        foreach ((string name, object value) in Access(deployment))
            stack.AddOverride($"terraform.backend.s3.{name}", value);
    }

    /// <summary>Outputs of another stack of the deployment.</summary>
    public static DataTerraformRemoteStateS3 Read(TerraformStack stack, string name, Deployment deployment, string key)
    {
        var state = new DataTerraformRemoteStateS3(stack, name, new DataTerraformRemoteStateS3Config
        {
            Bucket = Bucket(deployment),
            Key = key,
            Region = deployment.Context.Region,
        });
        foreach ((string setting, object value) in Access(deployment))
            state.AddOverride($"config.{setting}", value);
        return state;
    }

    private static string Bucket(Deployment deployment) => deployment.Config.State.BucketOf(deployment.Context.Names);

    private static Dictionary<string, object> Access(Deployment deployment)
    {
        var access = new Dictionary<string, object> { ["allowed_account_ids"] = new[] { deployment.Context.Account } };
        if (deployment.Emulator is not { } emulator) return access;
        access["profile"] = emulator.Name;
        access["shared_config_files"] = new[] { emulator.ConfigFile };
        access["shared_credentials_files"] = new[] { emulator.CredentialsFile };
        access["use_path_style"] = true;
        access["skip_metadata_api_check"] = true;
        return access;
    }
}
