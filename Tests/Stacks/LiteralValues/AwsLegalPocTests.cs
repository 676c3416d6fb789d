using Infra.Configuration.Model;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Stacks.LiteralValues;

/// <summary>System L: literal names and values.</summary>
internal sealed class AwsLegalPocTests
{
    private static readonly (Example Example, string Prefix, string Host)[] Environments =
        [(Example.AgentBeta, "beta-awslegalpoc", "beta.legal.example.com"), (Example.AgentProduction, "awslegalpoc", "legal.example.com")];

    [Test, Property("Row", "L-L1")]
    public void Names_HaveThePrefixOfBeta_AndNoneInProduction() => Assert.Multiple(() =>
    {
        foreach ((Example example, string prefix, _) in Environments)
        {
            Assert.That(example.Base.NamesOf("aws_ecr_repository"), Has.One.EqualTo($"{prefix}-streamlit"));
            Assert.That(example.Runtime.NamesOf("aws_ecs_service"), Is.EqualTo(new[] { $"{prefix}-service" }));
        }
    });

    [Test, Property("Row", "L-L1")]
    public void Tag_ManagedBy() => Assert.Multiple(() =>
    {
        foreach ((Example example, _, _) in Environments)
            Assert.That((example.Base.Tag("ManagedBy"), example.Runtime.Tag("ManagedBy")), Is.EqualTo(("codepipeline", "codepipeline")));
        Assert.That(Example.AgentTools.Deployment["pipeline"].Tag("ManagedBy"), Is.EqualTo("codepipeline"));
    });

    [Test, Property("Row", "L-L3")]
    public void Environments_CheckLangfuseDatabaseAndAgent_SendTraces_AndRotateTheKeyOfLangfuse() => Assert.Multiple(() =>
    {
        foreach ((Example example, _, _) in Environments)
        {
            SmokeConfig[] smoke = [.. example.Config.Smoke];
            Assert.That(smoke.Where(test => test.Kind == SmokeKind.Task).Select(test => string.Join(' ', test.Arguments)),
                Is.EqualTo(new[] { "check database", "check langfuse" }));
            Assert.That(smoke.Single(test => test.Kind == SmokeKind.Agent).AgentName, Is.EqualTo("assistant"));
            Assert.That(example.Config.Secrets["langfuse/secret-key"].RotationDays, Is.EqualTo(90));
            Assert.That(
                ContainerText.ParseAll(example.Runtime.Resource("aws_ecs_task_definition", "streamlit")["container_definitions"])
                    .Select(container => (string?)container["name"]), Is.EquivalentTo(new[] { "streamlit", "otel-collector" }));
        }
    });

    [Test, Property("Row", "L-L1")]
    public void Application_IsServedByHttps_OnTheHostOfItsCallbackUrls() => Assert.Multiple(() =>
    {
        foreach ((Example example, _, string host) in Environments)
        {
            Assert.That(
                example.Runtime.Resource("aws_lb_listener_rule", "streamlit")["condition"]!.Single()["host_header"]!["values"]!
                    .Values<string>(), Is.EqualTo(new[] { host }));
            Assert.That(example.Base.NamesOf("aws_acm_certificate", "domain_name"), Is.All.EqualTo(host).And.Not.Empty);
            Assert.That(
                example.Base.Single("aws_cognito_user_pool_client")["callback_urls"]!.Values<string>(),
                Has.One.EqualTo($"https://{host}/oauth2callback"));
            Assert.That(
                ContainerText.ParseAll(example.Runtime.Resource("aws_ecs_task_definition", "streamlit")["container_definitions"])
                    .Single(container => (string?)container["name"] == "streamlit")["secrets"]!.Select(secret => (string?)secret["name"]),
                Is.SupersetOf(new[] { "COGNITO_CLIENT_ID", "COGNITO_CLIENT_SECRET", "COGNITO_DOMAIN", "COGNITO_USER_POOL_ID" }));
        }
    });
}
