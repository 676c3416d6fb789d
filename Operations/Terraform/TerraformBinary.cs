using Infra.Operations.Output;
using Infra.Operations.Processes;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>The installed Terraform.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Version">Its version.</param>
internal sealed record TerraformBinary(string Path, Version Version)
{
    /// <summary>Variable with the name or path of the program; cdktf also reads it.</summary>
    public const string Variable = "TERRAFORM_BINARY_NAME";

    /// <summary>Since 1.11 the S3 backend's lock file, which the stacks use, is no longer experimental.</summary>
    public static readonly Version Oldest = new(1, 11, 0);

    private const string HowToGet =
        "get it from https://developer.hashicorp.com/terraform/install and put it on PATH,\nor set its path: "
            + "TERRAFORM_BINARY_NAME=/path/to/terraform";

    /// <summary>Finds Terraform and checks its version.</summary>
    /// <exception cref="OperationException">It is missing or too old.</exception>
    public static async Task<TerraformBinary> FindAsync(ProcessRunner runner, string? named)
    {
        string name = string.IsNullOrEmpty(named) ? "terraform" : named;
        string path = ToolOnPath.Find(name)
            ?? throw OperationException.ToolMissing($"Terraform {Oldest.ToString(2)} or newer is needed; {name} was not found", HowToGet);
        ProcessResult result = await runner.RunAsync(new ProcessRequest(path, "version", "-json")
        {
            Variables = new Dictionary<string, string?> { ["CHECKPOINT_DISABLE"] = "1", [CliConfiguration.Variable] = null },
        });
        Version version = ParseVersion(result.Output)
            ?? throw OperationException.ToolMissing($"{path} does not report a version of Terraform", HowToGet);
        return version >= Oldest
            ? new TerraformBinary(path, version)
            : throw OperationException.ToolMissing($"Terraform {Oldest.ToString(2)} or newer is needed; {path} is {version}", HowToGet);
    }

    internal static Version? ParseVersion(string output)
    {
        try
        {
            // A pre-release ("1.12.0-beta1") is treated as its final version.
            string? text = JObject.Parse(output).Value<string>("terraform_version")?.Split('-')[0];
            return Version.TryParse(text, out Version? version) ? version : null;
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }
}
