using System.IO.Compression;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Aws;
using Infra.Operations.Emulator;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Emulator;

/// <summary>
/// Runs a build like CodeBuild, which the local AWS does not do: reads the deployed project, assumes its service role, resolves its
/// variables, unpacks its source, and runs the commands of its build specification in order, all as that role. Fakes: the AWS CLI
/// (<c>aws-for-cycle</c>), and the local Terraform, whose version replaces the pinned one.
/// </summary>
internal sealed class RuntimeScheduleBuildRun(Sandbox sandbox, string account, string region, string project)
{
    private AwsAccess _access = null!;

    /// <summary>Runs a build as a schedule starts it.</summary>
    /// <param name="action">Value of ACTION; none starts it manually without an action.</param>
    public Run Start(string? action = null)
    {
        JObject deployed = (JObject)sandbox.Access(account, region).Api("codebuild")
            .JsonAsync("BatchGetProjects", new JObject { ["names"] = new JArray(project) })
            .GetAwaiter().GetResult()["projects"]!.Single();
        RoleSession session =
            RoleSession.OfService(sandbox.Emulator, "codebuild.amazonaws.com", (string)deployed["serviceRole"]!, (string)deployed["arn"]!);
        _access = AwsAccess.ToEmulator(sandbox.Emulator, account, region, session.Credentials);
        string folder = Directory.CreateDirectory(sandbox.Work("builds", Guid.NewGuid().ToString("n"))).FullName;
        string bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(bin, "aws"), Path.Combine(Sandbox.Root, "Tests", "Emulator", "aws-for-cycle"));

        var variables = new List<(string, string)>
        {
            ("PATH", $"{bin}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("LOCAL_AWS", EmulatorState.Read(sandbox.Work("emulator", "state.json"))!.Url.OriginalString),
            ("AWS_REGION", region),
            ("TF_CLI_CONFIG_FILE", sandbox.Work("terraform.rc")),
        };
        variables.AddRange(session.Variables);
        variables.AddRange(
            deployed["environment"]!["environmentVariables"]!.Select(variable => ((string)variable["name"]!, Value(variable))));
        // Both streams are in the output, in any order; a missing CLI configuration is a warning on standard error.
        string local = sandbox.Start("terraform", ["version", "-json"]).Wait().Output;
        local = local[local.IndexOf('{', StringComparison.Ordinal)..(local.LastIndexOf('}') + 1)];
        if (variables.Any(variable => variable.Item1 == "TERRAFORM_VERSION"))
            variables.Add(("TERRAFORM_VERSION", (string)JObject.Parse(local)["terraform_version"]!));
        if (action is not null)
            variables.Add(("ACTION", action));

        string source = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
        if ((string?)deployed["source"]!["type"] == "S3")
            Unpack((string)deployed["source"]!["location"]!, source);
        IEnumerable<string> commands =
            JObject.Parse((string)deployed["source"]!["buildspec"]!)["phases"]!["build"]!["commands"]!.Values<string>()!;
        string script = Path.Combine(folder, "commands.sh");
        // A shared file for all builds on this machine would be shared by parallel tests.
        File.WriteAllText(
            script, string.Join('\n', commands).Replace("/tmp/cycle.sh", Path.Combine(folder, "cycle.sh"), StringComparison.Ordinal));
        return sandbox.Start("bash", ["-c", "cd \"$1\" && exec bash -e \"$2\"", "-", source, script], [.. variables]).Wait();
    }

    private string Value(JToken variable) => (string?)variable["type"] == "PARAMETER_STORE"
        // CodeBuild calls this operation as the service role:
        // https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
        ? (string)_access.Api("ssm")
            .JsonAsync("GetParameters", new JObject { ["Names"] = new JArray(variable["value"]!) })
            .GetAwaiter()
            .GetResult()["Parameters"]!.Single()["Value"]!
        : (string)variable["value"]!;

    private void Unpack(string location, string folder)
    {
        string[] parts = location.Split('/', 2);
        using AmazonS3Client s3 = _access.S3();
        using GetObjectResponse answer = s3.GetObjectAsync(parts[0], parts[1]).GetAwaiter().GetResult();
        using var content = new MemoryStream();
        answer.ResponseStream.CopyTo(content);
        ZipFile.ExtractToDirectory(content, folder);
    }
}
