using Infra.Configuration;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
[Property("Row", "P12")]
public class SiblingEnvironmentsTests
{
    [Test]
    public void Load_ASecondEnvironmentOfTheAccountWithDefaultNames_SharesTheRepositoriesOnly() =>
        Assert.That(Findings("""{ "services": { "web": { "port": 80 } } }""", "111111111111"), Is.EqualTo(new[]
        {
            "naming.repository  repository shop/web is created by environments/dev.json of the same account too; put {env} into the pattern",
        }));

    [Test]
    public void Load_ASecondEnvironmentWithItsOwnNames_HasNoFindings() =>
        Assert.That(
            Findings("""{ "services": { "web": { "port": 80 } }, "naming": { "repository": "{project}/{env}/{purpose}" } }""",
                "111111111111"), Is.Empty);

    [Test]
    public void Load_InAnotherAccount_NamesMayBeTheSame() =>
        Assert.That(
            Findings("""{ "services": { "web": { "port": 80 } }, "naming": { "prefix": "{project}" } }""", "222222222222"), Is.Empty);

    [Test]
    public void Load_OnTheEmulator_NothingIsShared() =>
        Assert.That(Findings("""{ "services": { "web": { "port": 80 } }, "emulator": true }""", "111111111111"), Is.Empty);

    [Test]
    public void Load_BucketsWithoutTheEnvironmentInTheirName_AreFindings() =>
        Assert.That(
            Findings("""{ "buckets": { "files": {} }, "naming": { "bucket": "{project}-{purpose}-dev-{account}" } }""", "111111111111"),
            Is.EqualTo(new[]
        {
            "naming.bucket  bucket shop-files-dev-111111111111 is created by environments/dev.json of the same account too; put {env} "
                + "into the pattern",
        }));

    [Test]
    public void Load_LayersWithoutTheEnvironmentInTheirNames_AreFindings()
    {
        const string layers =
            """ "naming": { "codeBucket": "{account}-code", "layer": "{purpose}", "bucket": "{project}-{purpose}-{account}" }, "layers": { "flask": { "runtimes": ["python3.12"] } } """;
        using var folder = new TestFolder();
        folder.Write("environments/dev.json", TestFolder.Valid.Replace("\"test\"", $"\"dev\", {layers}", StringComparison.Ordinal));
        folder.Write("environments/test.json", TestFolder.Valid.Replace("\"test\"", $"\"test\", {layers}", StringComparison.Ordinal));

        Assert.That(EnvironmentFile.Load("test", folder.Root).Findings.Select(finding => $"{finding.Path}  {finding.Message}"),
            Is.EquivalentTo(new[]
        {
            "naming.codeBucket  bucket 111111111111-code is created by environments/dev.json of the same account too; put {env} into "
                + "the pattern",
            "naming.layer  layer flask is published by environments/dev.json of the same account too; put {env} into the pattern",
            "naming.bucket  bucket shop-access-logs-111111111111 is created by environments/dev.json of the same account too; put {env} "
                + "into the pattern",
        }));
    }

    [Test]
    public void Load_AnotherStateLocationInTheSameAccount_IsAFinding() =>
        Assert.That(
            Findings("""{ "region": "us-east-1", "state": { "bucket": "acme-states", "lockTable": "acme-locks" } }""", "111111111111"),
            Is.EquivalentTo(new[]
            {
                "region  environments/dev.json of the same account and project keeps their state in eu-central-1; use that region, or "
                    + "another account",
                "state.bucket  environments/dev.json of the same account and project keeps their state in shop-tfstate-111111111111; "
                    + "use that bucket, or another account",
                "state.lockTable  environments/dev.json of the same account and project locks their state in shop-tfstate-lock; use "
                    + "that table, or another account",
            }));

    [Test]
    public void Load_TheSameStateKeyInOneBucket_IsAFinding()
    {
        const string state = "\"state\": { \"bucket\": \"shop-state\", \"key\": \"infrastructure/{stack}/terraform.tfstate\" }";
        using var folder = new TestFolder();
        folder.Write("environments/dev.json", TestFolder.Valid.Replace("\"test\"", $"\"dev\", {state}", StringComparison.Ordinal));
        folder.Write("environments/test.json", TestFolder.Valid.Replace("\"test\"", $"\"test\", {state}", StringComparison.Ordinal));

        Assert.That(
            EnvironmentFile.Load("test", folder.Root).Findings.Select(finding => $"{finding.Path}  {finding.Message}"), Is.EqualTo(new[]
        {
            "state.key  environments/dev.json of the same account has its state under infrastructure/base/terraform.tfstate of the same "
                + "bucket too; put {env} into the pattern",
        }));
    }

    [Test]
    public void Load_TheSameStateBucketInAnotherAccount_IsAFinding()
    {
        const string state = "\"state\": { \"bucket\": \"shop-state\" }";
        using var folder = new TestFolder();
        folder.Write("environments/dev.json", TestFolder.Valid.Replace("\"test\"", $"\"dev\", {state}", StringComparison.Ordinal));
        folder.Write("environments/test.json", TestFolder.Valid.Replace("\"test\"", $"\"test\", {state}", StringComparison.Ordinal)
            .Replace("111111111111", "222222222222", StringComparison.Ordinal));

        Assert.That(
            EnvironmentFile.Load("test", folder.Root).Findings.Select(finding => $"{finding.Path}  {finding.Message}"), Is.EqualTo(new[]
        {
            "state.bucket  bucket shop-state is that of environments/dev.json in account 111111111111 too, and names of S3 buckets are "
                + "unique in all accounts; put {account} or {env} into the pattern",
        }));
    }

    [Test]
    public void Load_TheSameNameByAPattern_IsAFinding()
    {
        const string budget =
            """ "budget": { "monthlyUsd": 60, "emails": ["a@example.com"] }, "naming": { "budget": "shop-budget" } """;
        using var folder = new TestFolder();
        folder.Write("environments/dev.json", TestFolder.Valid.Replace("\"test\"", $"\"dev\", {budget}", StringComparison.Ordinal));
        folder.Write("environments/test.json", TestFolder.Valid.Replace("\"test\"", $"\"test\", {budget}", StringComparison.Ordinal));

        Assert.That(
            EnvironmentFile.Load("test", folder.Root).Findings.Select(finding => $"{finding.Path}  {finding.Message}"), Is.EqualTo(new[]
        {
            "naming.budget  budget shop-budget is created by environments/dev.json of the same account too; put {prefix} or {env} into "
                + "the pattern",
        }));
    }

    [Test]
    public void Load_AnotherProjectsOidcProvider_IsAFinding() =>
        Assert.That(
            Findings(
                """{ "project": "other", "github": { "repository": "acme/other" }, "security": { "account": { "accessAnalyzer": false } } }""", "111111111111"), Is.EqualTo(new[]
        {
            "github  GitHub's OIDC provider, of which an account has only one, is created by environments/dev.json of the same account "
                + "too; write \"oidcProvider\": \"existing\"",
        }));

    [Test, Property("Row", "S16")]
    public void Load_EnvironmentsOfOneProjectAndAccount_NeedTheSameAccountSettings() =>
        Assert.That(
            Findings(
                """{ "security": { "account": { "publicAccessBlock": false, "securityHub": ["pci-dss/v/3.2.1"] } } }""", "111111111111"),
            Is.EqualTo(new[]
            {
                "security.account.publicAccessBlock  environments/dev.json of the same account and project says true; both use one "
                    + "bootstrap stack, so write the same",
                "security.account.securityHub  environments/dev.json of the same account and project says []; both use one bootstrap "
                    + "stack, so write the same",
            }));

    [Test, Property("Row", "S16")]
    public void Load_AnotherProjectsAnalyzer_IsAFinding() =>
        Assert.That(Findings("""{ "project": "other" }""", "111111111111"), Is.EqualTo(new[]
        {
            "security.account.accessAnalyzer  is created by environments/dev.json of the same account too, and a region of an account "
                + "has only one; leave it off in one of them",
        }));

    [Test, Property("Finding", "A11")]
    public void Load_AnotherProjectsConfigRecorder_IsAFinding()
    {
        using var folder = new TestFolder();
        Write("dev", "shop", """ "securityHub": ["pci-dss/v/3.2.1"] """);
        Write("test", "other", """ "accessAnalyzer": false, "configRecorder": true """);

        Assert.That(
            EnvironmentFile.Load("test", folder.Root).Findings.Select(finding => $"{finding.Path}  {finding.Message}"), Is.EqualTo(new[]
        {
            "security.account.configRecorder  an AWS Config recorder is created by environments/dev.json of the same account too, and a "
                + "region of an account has only one; write false in one of them",
        }));

        void Write(string name, string project, string account) => folder.Write($"environments/{name}.json", TestFolder.Valid
            .Replace("\"test\"", $"\"{name}\", \"security\": {{ \"account\": {{ {account} }} }}", StringComparison.Ordinal)
            .Replace("\"shop\"", $"\"{project}\"", StringComparison.Ordinal));
    }

    [Test]
    public void Load_AServiceWhoseNamesMatchAnotherEnvironments_IsAFinding()
    {
        using var folder = new TestFolder();
        folder.Write("environments/dev-api.json", TestFolder.Valid.Replace("\"test\"", "\"dev-api\"", StringComparison.Ordinal));
        folder.Write("environments/dev.json",
            TestFolder.Valid.Replace("\"test\"", "\"dev\", \"services\": { \"api-v2\": { \"port\": 80 } }", StringComparison.Ordinal));

        Assert.That(EnvironmentFile.Load("dev", folder.Root).Findings.Select(f => $"{f.Path}  {f.Message}"), Is.EqualTo(new[]
        {
            "services.api-v2  names of it begin with shop-dev-api-, as those of environments/dev-api.json of the same account do; rename it",
        }));
    }

    [Test]
    public void Load_FindingsOfAnotherEnvironment_AreIgnored()
    {
        using var folder = new TestFolder();
        folder.Write("environments/broken.json", "{ \"name\": ");
        folder.Write("environments/wrong.json", """{ "name": 1 }""");
        folder.Write("environments/test.json", TestFolder.Valid);

        Assert.That(EnvironmentFile.Load("test", folder.Root).Findings, Is.Empty);
    }

    private static IEnumerable<string> Findings(string sections, string account)
    {
        using var folder = new TestFolder();
        folder.Write("environments/dev.json", """
            {
              "name": "dev", "project": "shop", "account": "111111111111", "region": "eu-central-1",
              "github": { "repository": "acme/shop" }, "services": { "web": { "port": 80 } }, "buckets": { "files": {} }
            }
            """);
        folder.Write("environments/shared/valid.json", TestFolder.Valid.Replace("111111111111", account, StringComparison.Ordinal));
        folder.Write("environments/test.json", """{ "extends": "shared/valid.json", """ + sections.Trim()[1..]);
        return [.. EnvironmentFile.Load("test", folder.Root).Findings.Select(f => $"{f.Path}  {f.Message}")];
    }
}
