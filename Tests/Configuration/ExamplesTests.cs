using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

/// <summary>The examples have the names and numbers of the requirements of their reference systems.</summary>
[TestFixture]
public class ExamplesTests
{
    private static readonly LoadedEnvironment Tap = Load("examples/tap/poc.json");
    private static readonly LoadedEnvironment DurableCode = Load("examples/durable-code/dev.json");

    [Test]
    [Property("Row", "T1")]
    public void Tap_Network()
    {
        NetworkConfig network = Tap.Config.Network;
        Assert.Multiple(() =>
        {
            Assert.That(Tap.Config.Region, Is.EqualTo("us-east-1"));
            Assert.That(network.Cidr, Is.EqualTo("10.0.0.0/16"));
            Assert.That(network.PublicSubnets, Is.EqualTo(new[] { "10.0.1.0/24", "10.0.2.0/24" }));
            Assert.That(network.PrivateSubnets, Is.EqualTo(new[] { "10.0.10.0/24", "10.0.11.0/24" }));
            Assert.That(network.Nat, Is.EqualTo(NatMode.OneGateway));
        });
    }

    [Test]
    [Property("Row", "T2")]
    public void Tap_Service()
    {
        ServiceConfig backend = Tap.Config.Services.Single().Value;
        Assert.That(
            (backend.Cpu, backend.MemoryMiB, backend.Port, backend.HealthPath, backend.Desired, backend.DeregistrationDelaySeconds,
                backend.Host),
            Is.EqualTo((256, 512, 8000, "/health", 1, 30, "api")));
    }

    [Test]
    [Property("Row", "T3")]
    public void Tap_ContainerConfiguration()
    {
        ServiceConfig backend = Tap.Config.Services["backend"];
        Assert.Multiple(() =>
        {
            Assert.That(backend.Environment.Keys,
                Is.EquivalentTo(new[] { "CORS_ORIGINS", "COOKIE_DOMAIN", "COOKIE_SECURE", "COGNITO_REDIRECT_URI" }));
            Assert.That(backend.Parameters.Keys,
                Is.EquivalentTo(new[] { "COGNITO_USER_POOL_ID", "COGNITO_CLIENT_ID", "COGNITO_DOMAIN", "COGNITO_REGION" }));
            Assert.That(backend.Secrets, Is.EquivalentTo(new Dictionary<string, string>
            {
                ["DATABASE_URL"] = "database-url",
                ["JWT_SECRET_KEY"] = "jwt-secret-key",
                ["COGNITO_CLIENT_SECRET"] = "cognito-client-secret",
            }));
        });
    }

    [Test]
    [Property("Row", "T4")]
    public void Tap_Database()
    {
        DatabaseConfig database = Tap.Config.Database!;
        Assert.That((database.Version, database.InstanceClass, database.StorageGiB, database.BackupDays),
            Is.EqualTo(("16", "db.t4g.micro", 20, 7)));
    }

    [Test]
    [Property("Row", "T5")]
    public void Tap_BucketNames() => Assert.That(
        Tap.Config.Sites.Keys.Concat(Tap.Config.Buckets.Keys).Select(Tap.Names.Bucket),
        Is.EqualTo(new[] { "tap-spa-111111111111", "tap-files-111111111111" }));

    [Test]
    [Property("Row", "T8")]
    public void Tap_Identity()
    {
        IdentityConfig identity = Tap.Config.Identity!;
        Assert.Multiple(() =>
        {
            Assert.That(identity.Google, Is.True);
            Assert.That(identity.CallbackUrls, Is.EqualTo(new[] { Tap.Config.Services["backend"].Environment["COGNITO_REDIRECT_URI"] }));
        });
    }

    [Test]
    [Property("Row", "T9")]
    public void Tap_LogsAndAlarms()
    {
        ObservabilityConfig observability = Tap.Config.Observability;
        Assert.Multiple(() =>
        {
            Assert.That(Tap.Names.ServiceLogGroup("backend"), Is.EqualTo("/ecs/tap-backend"));
            Assert.That(
                (observability.LogRetentionDays, observability.ResponseTimeSeconds, observability.CpuPercent), Is.EqualTo((30, 5, 80)));
        });
    }

    [Test]
    [Property("Row", "D3")]
    public void DurableCode_Repositories() => Assert.That(
        DurableCode.Config.Repositories.Select(r => (DurableCode.Names.Repository(r.Key), r.Value.KeepImages, r.Value.UntaggedDays)),
        Is.EqualTo(new[] { ("durable-code-test-backend", 10, 7), ("durable-code-test-frontend", 10, 7) }));

    [TestCase("backend", 512, 1024, 8000, "/health")]
    [TestCase("frontend", 256, 512, 3000, "/")]
    [Property("Row", "D4")]
    [Property("Row", "D5")]
    public void DurableCode_Services(string name, int cpu, int memoryMiB, int port, string healthPath)
    {
        ServiceConfig service = DurableCode.Config.Services[name];
        Assert.That(
            (service.Cpu, service.MemoryMiB, service.Port, service.HealthPath, service.Desired),
            Is.EqualTo((cpu, memoryMiB, port, healthPath, 2)));
        Assert.That(service.Parameters, Is.Not.Empty);
    }

    [Test]
    [Property("Row", "D1")]
    public void DurableCode_Tags() => Assert.That(
        Infra.Naming.Tags.For(DurableCode.Names, DurableCode.Config.Tags),
        Is.EqualTo(
            new Dictionary<string, string>
            {
                ["Deployment"] = "durable-code-test/dev",
                ["Environment"] = "dev",
                ["ManagedBy"] = "terraform",
                ["ProductDomain"] = "durableai",
                ["Project"] = "durable-code-test",
            }));

    private static LoadedEnvironment Load(string path) =>
        EnvironmentFile.Load(path, Checkout.Find().Root) is { Environment: { } environment }
            ? environment
            : throw new InvalidDataException(path);
}
