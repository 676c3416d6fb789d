using FsCheck;
using FsCheck.Fluent;
using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Operations.Workspace;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Configuration;

[TestFixture]
public class EnvironmentFileTests
{
    private static readonly string Repository = Checkout.Find().Root;

    public static IEnumerable<string> CommittedFiles =>
        EnvironmentFile.List(Repository)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository, "examples"), "*.json", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Repository, f).Replace('\\', '/'))
                .Where(f => f.Count(c => c == '/') == 2))
            .Order();

    [TestCaseSource(nameof(CommittedFiles))]
    public void Load_EveryCommittedEnvironment_HasNoFindings(string nameOrPath)
    {
        LoadResult result = EnvironmentFile.Load(nameOrPath, Repository);

        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Environment, Is.Not.Null);
    }

    [Test]
    public void List_HoldsEnvironmentsAndNeitherSchemaNorSharedFiles() =>
        Assert.That(EnvironmentFile.List(Repository),
            Is.SupersetOf(new[] { "dev", "local", "prod" }).And.Not.Contains("schema").And.Not.Contains("shop"));

    [Test]
    public void List_WithoutAFolder_IsEmpty()
    {
        using var folder = new TestFolder();
        Assert.That(EnvironmentFile.List(folder.Root), Is.Empty);
    }

    [TestCase("prd", "environments/prd.json  does not exist; available: dev, prod; did you mean prod?")]
    [TestCase("somethingelse", "environments/somethingelse.json  does not exist; available: dev, prod")]
    [TestCase("", "no environment is chosen; available: dev, prod")]
    [TestCase("elsewhere/prod.json", "elsewhere/prod.json  does not exist; available in environments/: dev, prod")]
    [Property("Row", "X3")]
    public void Load_AMissingFile_ListsAvailableEnvironments(string nameOrPath, string expected)
    {
        using var folder = new TestFolder();
        folder.Write("environments/dev.json", "{}");
        folder.Write("environments/prod.json", "{}");
        folder.Write("environments/schema.json", "{}");
        folder.Write("environments/shared/common.json", "{}");

        LoadResult result = EnvironmentFile.Load(nameOrPath, folder.Root);

        Assert.That(result.Findings.Select(f => f.ToString()), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void Load_ByNameAndByPath_IsTheSame()
    {
        using var folder = new TestFolder();
        string path = folder.Write("environments/test.json", TestFolder.Valid);

        foreach (string nameOrPath in new[] { "test", "environments/test.json", path })
            Assert.That(EnvironmentFile.Load(nameOrPath, folder.Root).Environment?.File, Is.EqualTo("environments/test.json"), nameOrPath);
    }

    [Test]
    public void Load_AFileThatExtends_MergesAndKeepsPositions()
    {
        using var folder = new TestFolder();
        folder.Write("environments/shared/common.json", """
            {
              "project": "shop",
              "region": "eu-central-1",
              "services": {
                "web": { "port": 70000, "cpu": 512, "memoryMiB": 1024 },
                "job": { "port": 1 }
              }
            }
            """);
        folder.Write("environments/test.json", """
            {
              "extends": "shared/common.json",
              "name": "test",
              "account": "111111111111",
              "services": { "web": { "cpu": 300 }, "job": null }
            }
            """);

        LoadResult result = EnvironmentFile.Load("test", folder.Root);

        Assert.That(result.Findings.Select(f => f.ToString()), Is.EqualTo(new[]
        {
            "environments/test.json:5:33  services.web.cpu  300 is not a Fargate CPU size; nearest: 256, 512",
            "environments/shared/common.json:5:22  services.web.port  70000 is not from 1 to 65535; nearest: 65535",
        }));
    }

    [Test]
    public void Load_CircularExtends_IsAFinding()
    {
        using var folder = new TestFolder();
        folder.Write("environments/test.json", """{ "extends": "shared/a.json" }""");
        folder.Write("environments/shared/a.json", """{ "extends": "b.json" }""");
        folder.Write("environments/shared/b.json", """{ "extends": "a.json" }""");

        Assert.That(EnvironmentFile.Load("test", folder.Root).Findings.Select(f => f.ToString()), Is.EqualTo(new[]
        {
            "environments/shared/b.json:1:14  extends  is circular: environments/test.json → environments/shared/a.json → "
                + "environments/shared/b.json → environments/shared/a.json",
        }));
    }

    [Test]
    public void Load_ExtendsAMissingFile_SuggestsTheClosestName()
    {
        using var folder = new TestFolder();
        folder.Write("environments/test.json", """{ "extends": "shared/comon.json" }""");
        folder.Write("environments/shared/common.json", "{}");

        Assert.That(EnvironmentFile.Load("test", folder.Root).Findings.Single().ToString(), Is.EqualTo(
            "environments/test.json:1:14  extends  environments/shared/comon.json does not exist; did you mean shared/common.json?"));
    }

    [Test]
    [Property("Row", "P12")]
    public void Load_ACopiedFileWithTheOldName_IsRejected()
    {
        using var folder = new TestFolder();
        folder.Write("environments/qa.json", TestFolder.Valid);

        Assert.That(EnvironmentFile.Load("qa", folder.Root).Findings.Select(f => f.Message), Is.EqualTo(new[]
        {
            "\"test\" is not the name of the file; write \"qa\", or call the file test.json",
        }));
    }

    [Test]
    public void Load_ReportsEverythingAtOnceInTheOrderOfTheFile()
    {
        using var folder = new TestFolder();
        folder.Write("test.json", """
            {
              "servces": {},
              "name": "test",
              "account": 111111111111,
              "region": "eu-centrl-1",
              "network": { "cidr": "10.0.0.0/8", "nat": "sngle" },
              "buckets": { "Files": {} }
            }
            """);

        LoadResult result = EnvironmentFile.Load("test.json", folder.Root);

        Assert.That(result.Environment, Is.Null);
        Assert.That(result.Findings.Select(f => f.ToString()), Is.EqualTo(new[]
        {
            "test.json:1:1  project  is missing: Project of the environment",
            "test.json:2:3  servces  unknown key; did you mean services?",
            "test.json:4:14  account  is the number 111111111111; text is expected; write it in double quotes",
            "test.json:5:13  region  \"eu-centrl-1\" is not an AWS region; nearest: eu-central-1",
            "test.json:6:24  network.cidr  10.0.0.0/8 is not from /16 to /24; nearest: /16",
            "test.json:6:45  network.nat  \"sngle\" is not one of single, perZone, instance, none; did you mean single?",
            "test.json:7:16  buckets.Files  \"Files\" is not a name of at most 32 lower-case letters, digits and inner hyphens, "
                + "starting with a letter",
        }));
    }

    [Test]
    public void Load_WithoutFindings_FillsEveryDerivedDefault()
    {
        EnvironmentConfig config = TestFolder.Load("""
            {
              "production": true,
              "github": { "repository": "acme/shop" },
              "database": {},
              "identity": { "callbackUrls": ["https://shop.example.com/callback"] },
              "services": { "web": { "port": 80, "host": "www" }, "api": { "port": 81, "host": "api", "repository": "images" } },
              "repositories": { "images": { "keepImages": 3 } },
              "domain": { "name": "example.com" }
            }
            """).Environment!.Config;

        Assert.Multiple(() =>
        {
            Assert.That(config.State.Bucket, Is.EqualTo("shop-tfstate-111111111111"));
            Assert.That(config.State.LockTable, Is.EqualTo("shop-tfstate-lock"));
            Assert.That((config.Network.PublicSubnets.Count, config.Network.PrivateSubnets.Count), Is.EqualTo((2, 2)));
            Assert.That(config.GitHub!.Environment, Is.EqualTo("test"));
            Assert.That(config.Database!.MultiAz, Is.True);
            Assert.That(config.Identity!.DomainPrefix, Is.EqualTo("shop-test-111111111111"));
            Assert.That(config.Services["web"].Repository, Is.EqualTo("web"));
            Assert.That(config.Services["api"].Repository, Is.EqualTo("images"));
            Assert.That(config.Repositories.Keys, Is.EquivalentTo(new[] { "images", "web" }));
            Assert.That(config.Repositories["images"].KeepImages, Is.EqualTo(3));
        });
    }

    [Test]
    public void Load_ValuesOfTheFile_OverrideDefaults()
    {
        EnvironmentConfig config = TestFolder.Load("""
            {
              "state": { "bucket": "acme-state", "lockTable": "acme-locks" },
              "github": { "repository": "acme/shop", "environment": "live" },
              "database": { "multiAz": true },
              "network": { "cidr": "10.9.0.0/20", "publicSubnets": ["10.9.15.0/26", "10.9.15.64/26"] }
            }
            """).Environment!.Config;

        Assert.Multiple(() =>
        {
            Assert.That(config.State, Is.EqualTo(new StateConfig { Bucket = "acme-state", LockTable = "acme-locks" }));
            Assert.That(config.GitHub!.Environment, Is.EqualTo("live"));
            Assert.That(config.Database!.MultiAz, Is.True);
            Assert.That(config.Network.PublicSubnets, Is.EqualTo(new[] { "10.9.15.0/26", "10.9.15.64/26" }));
            Assert.That(config.Network.PrivateSubnets, Is.EqualTo(new[] { "10.9.8.0/24", "10.9.9.0/24" }));
        });
    }

    /// <summary>
    /// The committed example with one value replaced by another, anywhere: there can be findings, but never an exception.
    /// </summary>
    [FsCheck.NUnit.Property(MaxTest = 300, Arbitrary = [typeof(Json)])]
    public bool Load_AnyValueAnywhere_ReturnsFindingsOrAnEnvironment(JToken value, NonNegativeInt place)
    {
        JObject file = JObject.Parse(File.ReadAllText(Path.Combine(Repository, "environments", "local.json")));
        JToken[] places = [.. file.Descendants().Where(t => t.Parent is JProperty or JArray)];
        places[place.Get % places.Length].Replace(value);
        using var folder = new TestFolder();
        folder.Write("local.json", file.ToString());

        LoadResult result = EnvironmentFile.Load("local.json", folder.Root);

        return (result.Environment is null) == (result.Findings.Count > 0)
            && result.Findings.All(f => f is { File: "local.json", Line: > 0, Column: > 0 } && f.Message.Length > 0);
    }

    /// <summary>Whatever keys are missing, the file is read, and findings name what is missing.</summary>
    [FsCheck.NUnit.Property(MaxTest = 100)]
    public bool Load_AnyMissingKey_ReturnsFindingsOrAnEnvironment(NonNegativeInt first, NonNegativeInt second)
    {
        JObject file = JObject.Parse(File.ReadAllText(Path.Combine(Repository, "examples", "tap", "poc.json")));
        foreach (int pick in new[] { first.Get, second.Get })
        {
            JProperty[] keys = [.. file.Descendants().OfType<JProperty>()];
            keys[pick % keys.Length].Remove();
        }
        using var folder = new TestFolder();
        folder.Write("poc.json", file.ToString());

        LoadResult result = EnvironmentFile.Load("poc.json", folder.Root);

        return (result.Environment is null) == (result.Findings.Count > 0);
    }
}
