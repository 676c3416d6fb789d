using Infra.Configuration.Model;
using Infra.Constructs.Discovery;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Discovery;

internal sealed class DiscoveryVariablesTests
{
    private static readonly ServiceConfig s_service = new() { Port = 8000 };

    private static IReadOnlyDictionary<string, string> With(ServiceConfig service) =>
        DiscoveryVariables.With(
            SynthesizedStack.Context(), "backend", service, new Dictionary<string, string> { ["new-orders"] = "acme-dev-new-orders.fifo" });

    [Test]
    public void Queues_AreGivenByUrl_EachOnce()
    {
        IReadOnlyDictionary<string, string> variables =
            With(s_service with { Uses = new UsesConfig { Queues = ["new-orders:send", "new-orders:receive"] } });

        Assert.That(variables["SQS_QUEUE_URL_NEW_ORDERS"],
            Is.EqualTo("https://sqs.us-east-2.amazonaws.com/111111111111/acme-dev-new-orders.fifo"));
    }

    [Test, Property("Row", "H8")]
    public void Service_GetsItsEnvironmentInVariables() => Assert.That(With(s_service), Is.EquivalentTo(new Dictionary<string, string>
    {
        ["AWS_REGION"] = "us-east-2",
        ["PROJECT"] = "acme",
        ["ENVIRONMENT"] = "dev",
        ["SERVICE"] = "backend",
        ["ECR_REPOSITORY"] = "acme/backend",
        ["DISCOVERY_PATH"] = "/dev/acme/discovery",
    }));

    [Test, Property("Row", "H8")]
    public void BucketsAndTables_AreNamed_TheFirstBucketTwice()
    {
        IReadOnlyDictionary<string, string> variables = With(s_service with
        {
            Repository = "shared",
            Uses = new UsesConfig { Buckets = ["raw-data:read", "reports:write", "raw-data:write"], Tables = ["sessions:readwrite"] },
        });

        Assert.Multiple(() =>
        {
            Assert.That(variables["S3_BUCKET_NAME"], Is.EqualTo("acme-raw-data-dev-111111111111"));
            Assert.That(variables["S3_BUCKET_RAW_DATA"], Is.EqualTo("acme-raw-data-dev-111111111111"));
            Assert.That(variables["S3_BUCKET_REPORTS"], Is.EqualTo("acme-reports-dev-111111111111"));
            Assert.That(variables["DYNAMODB_TABLE_SESSIONS"], Is.EqualTo("acme-dev-sessions"));
            Assert.That(variables["ECR_REPOSITORY"], Is.EqualTo("acme/shared"));
            Assert.That(variables, Has.Count.EqualTo(10));
        });
    }

    [Test, Property("Row", "H8")]
    public void VariablesOfTheFile_HavePrecedence()
    {
        IReadOnlyDictionary<string, string> variables = With(s_service with
        {
            Environment = new Dictionary<string, string> { ["SERVICE"] = "mine", ["LOG_LEVEL"] = "info" },
            Parameters = new Dictionary<string, string> { ["PROJECT"] = "project" },
            Secrets = new Dictionary<string, string> { ["ENVIRONMENT"] = "environment" },
        });

        Assert.That(variables, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["AWS_REGION"] = "us-east-2",
            ["SERVICE"] = "mine",
            ["LOG_LEVEL"] = "info",
            ["ECR_REPOSITORY"] = "acme/backend",
            ["DISCOVERY_PATH"] = "/dev/acme/discovery",
        }));
    }
}
