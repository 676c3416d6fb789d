namespace Infra.Tests.Runner;

/// <summary>Environments and repositories of tests whose runs only record.</summary>
internal static class RecordedRuns
{
    public const string Infrastructure = "acme/infra";

    private const string Registry = "dkr.ecr.eu-central-1.amazonaws.com/desk/web";

    public static WorkflowRunner Runner()
    {
        var runner = new WorkflowRunner(Infrastructure, "eu-central-1", record: true);
        runner.Environment("stage", Environment("stage", "111111111111", """ "services": { "web": { "port": 8080 } } """));
        runner.Environment("live", Environment("live", "222222222222", """
            "production": true, "security": { "allowPlainHttp": true }, "services": { "web": { "port": 8080 } }
            """));
        return runner;
    }

    /// <summary>An environment file; its GitHub environment has the environment's name.</summary>
    public static string Environment(string name, string account, string rest, string github = "") => $$"""
        {
          "name": "{{name}}", "project": "desk", "account": "{{account}}", "region": "eu-central-1",
          "github": { "repository": "{{Infrastructure}}", "applications": ["acme/shop"] {{github}} },
          {{rest}}
        }
        """;

    /// <summary>Repository of the image of web: that of stage, or that of live.</summary>
    public static string Image(string environment) => $"{(environment == "stage" ? "111111111111" : "222222222222")}.{Registry}";

    /// <summary>A repository of an application, with one file.</summary>
    public static ApplicationRepository Application(WorkflowRunner runner)
    {
        string folder = Directory.CreateDirectory(Path.Combine(runner.Folder, "shop")).FullName;
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), "FROM scratch\n");
        return new ApplicationRepository("acme/shop", folder, new string('d', 40));
    }

    /// <summary>A workflow of an application that calls one of the infrastructure.</summary>
    /// <param name="workflow">The workflow that is called.</param>
    /// <param name="with">Its inputs, as in YAML between braces.</param>
    /// <param name="secrets">Secrets that are passed, as in YAML between braces.</param>
    /// <param name="permissions">Permissions of the calling job.</param>
    public static string Calling(
        string workflow, string with, string secrets = "", string permissions = "actions: read, contents: read, id-token: write") => $$"""
        on: push
        permissions: {}
        jobs:
          call:
            permissions: { {{permissions}} }
            uses: {{Infrastructure}}/.github/workflows/{{workflow}}@main
            with: { {{with}} }
            secrets: { {{secrets}} }
        """;
}
