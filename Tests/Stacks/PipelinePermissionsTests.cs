using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>Permissions of a pipeline's roles on its artifacts: all that AWS requires, and only for their own.</summary>
internal sealed class PipelinePermissionsTests
{
    private const string Bucket = "arn:aws:s3:::tools-awslegalpoc-artifacts-333333333333";

    private static SynthesizedStack Stack => Example.AgentTools.Deployment["pipeline"];

    private static IEnumerable<PolicyStatement> Of(string role) =>
        PolicyStatement.Of(Stack).Where(statement => statement.Id.StartsWith($"{role}_", StringComparison.Ordinal) && statement.Allows);

    private static string[] ResourcesFor(string role, string action) =>
        [.. Of(role).Where(statement => statement.Names(action)).SelectMany(statement => statement.Resources)];

    // https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
    [TestCase("s3:GetBucketAcl", Bucket), TestCase("s3:GetBucketLocation", Bucket), TestCase("s3:GetBucketVersioning", Bucket)]
    [TestCase("s3:GetObject", $"{Bucket}/*"), TestCase("s3:GetObjectVersion", $"{Bucket}/*"), TestCase("s3:PutObject", $"{Bucket}/*"),
        TestCase("s3:PutObjectAcl", $"{Bucket}/*")]
    [Property("Finding", "B15"), Property("Row", "L3")]
    public void PipelineRole_HasWhatCodePipelineDocuments(string action, string resource) =>
        Assert.That(ResourcesFor("pipeline-role", action), Is.EqualTo(new[] { resource }));

    // https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
    [TestCase("role-check"), TestCase("role-images"), TestCase("role-deploy-beta"), TestCase("role-deploy-prod")]
    [Property("Finding", "B15"), Property("Row", "L3")]
    public void BuildRole_HasWhatCodeBuildDocuments(string role) => Assert.Multiple(() =>
    {
        foreach (string action in new[] { "s3:GetBucketAcl", "s3:GetBucketLocation" })
            Assert.That(ResourcesFor(role, action), Is.EqualTo(new[] { Bucket }), action);
        foreach (string action in new[] { "s3:GetObject", "s3:GetObjectVersion" })
            Assert.That(ResourcesFor(role, action), Does.Contain($"{Bucket}/*/source/*"), action);
    });

    [TestCase("role-check", new[] { "stacks" })]
    [TestCase("role-images", new[] { "img_arm64" })]
    [TestCase("role-deploy-beta", new string[0])]
    [TestCase("role-deploy-prod", new string[0])]
    [Property("Finding", "B16"), Property("Row", "L4"), Property("Row", "S10")]
    public void BuildRole_WritesOnlyItsOwnArtifacts(string role, string[] artifacts) => Assert.Multiple(() =>
    {
        Assert.That(ResourcesFor(role, "s3:PutObject"), Is.EqualTo(artifacts.Select(artifact => $"{Bucket}/*/{artifact}/*")));
        Assert.That(ResourcesFor(role, "s3:DeleteObject"), Is.Empty);
    });

    [TestCase("role-check", new[] { "source" })]
    [TestCase("role-images", new[] { "source" })]
    [TestCase("role-deploy-beta", new[] { "img_arm64", "source" })]
    [TestCase("role-deploy-prod", new[] { "img_arm64", "source" })]
    [Property("Finding", "B16"), Property("Row", "L4")]
    public void BuildRole_ReadsTheArtifactsOfItsActions(string role, string[] artifacts) =>
        Assert.That(ResourcesFor(role, "s3:GetObject"), Is.EqualTo(artifacts.Select(artifact => $"{Bucket}/*/{artifact}/*")));

    /// <summary>CodePipeline truncates folder names to ten characters; a pattern with the whole name would match nothing.</summary>
    [Test, Property("Finding", "B16")]
    public void Artifacts_HaveNamesThatAreNotTruncated() => Assert.That(
        Stack.Single("aws_codepipeline").SelectTokens("$.stage[*].action[*].output_artifacts[*]").Select(name => ((string)name!).Length),
        Is.Not.Empty.And.All.LessThanOrEqualTo(10));

    [Test, Property("Finding", "B17")]
    public void Connection_IsUsedUnderBothNamesOfTheService()
    {
        PolicyStatement source = Of("pipeline-role").Single(statement => (string?)statement.Json["Sid"] == "Source");
        const string id = "us-east-2:333333333333:connection/00000000-0000-0000-0000-000000000000";
        Assert.Multiple(() =>
        {
            Assert.That(source.Actions, Is.EqualTo(new[] { "codeconnections:UseConnection", "codestar-connections:UseConnection" }));
            Assert.That(source.Resources, Is.EqualTo(new[] { $"arn:aws:codeconnections:{id}", $"arn:aws:codestar-connections:{id}" }));
        });
    }
}
