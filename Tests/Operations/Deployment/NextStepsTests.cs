using Infra.Configuration;
using Infra.Operations.Deployment;
using Infra.Operations.Sessions;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Deployment;

internal sealed class NextStepsTests
{
    private const string Environment = """
        {
          "name": "beta", "project": "shop", "account": "111111111111", "region": "us-east-2",
          "services": { "web": { "port": 8080 } }
        }
        """;

    private const string Address = """{ "Parameter": { "Value": "https://web.example.com" } }""";

    private const string Released = """{ "Parameters": [{ "Value": "sha256:aaaa", "Version": 2, "LastModifiedDate": 1763712000 }] }""";

    private const string NotFound = """{ "__type": "ParameterNotFound" }""";

    private const string Denied = """{ "__type": "AccessDeniedException", "message": "not authorized to perform ssm:GetParameter" }""";

    [TestCase(NotFound, "  ./infra release web IMAGE --env beta\n"), TestCase(Released, ""), Property("Finding", "U18")]
    public async Task Show_NamesAddresses_AndAReleaseOfWhatWasNotReleased(string release, string step)
    {
        string shown = await ShownAsync(name =>
            name.EndsWith("/web/url", StringComparison.Ordinal) ? (Address, 200) : (release, release == NotFound ? 400 : 200));

        Assert.That(shown, Is.EqualTo(
            "addresses, which the local AWS does not serve\n  web: https://web.example.com\nnext\n" + step
                + "  ./infra status --env beta\n  ./infra outputs --env beta   ARNs and ids\n"));
    }

    [Test]
    public async Task Show_WithoutPermission_WarnsThatOnlyTheAddressesAreMissing() => Assert.That(
        await ShownAsync(_ => (Denied, 400)),
        Does.Contain("the deployment is complete, but its addresses or releases cannot be read: ")
            .And.Contain("not authorized to perform ssm:GetParameter"));

    private static async Task<string> ShownAsync(Func<string, (string Body, int Status)> parameter)
    {
        using var host = new TestHost();
        using var aws = new FakeAws();
        foreach (string action in new[] { "GetParameter", "GetParameterHistory" })
        {
            aws.Always(action, request =>
            {
                (string body, int status) = parameter((string)request.Json["Name"]!);
                return new FakeAws.Answer(body, status);
            });
        }

        LoadedEnvironment environment =
            EnvironmentFile.Load(host.Write("environments/beta.json", Environment), host.Context.Checkout.Root).Environment!;
        await new NextSteps(host.Context, new Connection(environment, aws.Access(), OnEmulator: true), "--env beta").ShowAsync();
        return host.Output.ToString().ReplaceLineEndings("\n") + host.Problems;
    }
}
