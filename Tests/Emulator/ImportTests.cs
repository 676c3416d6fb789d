using Infra.Operations.AwsClients;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>The steps of docs/migration.md: a resource that exists is imported with an import block, and stays as it is.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class ImportTests
{
    private const string Parameter = "/imported/moved/features";

    [Test, Property("Row", "H11")]
    public async Task ExistingParameter_IsImported_AndNotRecreated()
    {
        using var sandbox = new Sandbox();
        string file = sandbox.Environment("imported", """
            {
              "name": "imported", "project": "moved", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
              "network": { "vpc": "none" }, "parameters": { "features": "search" }
            }
            """);
        Run before = sandbox.Expect(5, "plan", "base", "--env", file);
        Assert.That(before.Output, Does.Contain("+ aws_ssm_parameter.parameter-features"));
        var ssm = new SsmClient(sandbox.Access("111111111111", "us-east-1"));
        await ssm.PutParameterAsync(new PutParameterRequest(Parameter, "search", Type: "String", Overwrite: false), default);
        string imports = sandbox.Work("deploy", "moved-imported", "stacks", "base", "imports.tf");
        await File.WriteAllTextAsync(
            imports, $"import {{\n  to = aws_ssm_parameter.parameter-features\n  id = \"{Parameter}\"\n}}\n");

        Run plan = sandbox.Expect(5, "plan", "base", "--env", file);
        sandbox.Expect(0, "deploy", "base", "--env", file, "--yes");
        File.Delete(imports);
        Run after = sandbox.Expect(0, "plan", "base", "--env", file);

        Assert.That(plan.Output, Does.Not.Contain("+ aws_ssm_parameter.parameter-features"));
        Assert.That(after.Output, Does.Contain("no changes"));
        Assert.That(
            (await ssm.GetParameterHistoryAsync(Parameter, default))[0].Version, Is.EqualTo(1), "the parameter was not created again");
    }
}
