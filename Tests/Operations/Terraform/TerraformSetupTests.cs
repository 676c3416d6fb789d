using Infra.Operations.Terraform;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class TerraformSetupTests
{
    private static readonly string[] Present = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_REGION"];

    [Test]
    public void Variables_Emulator_NoKeyProfileOrEndpointOfTheUsersReachesTerraform()
    {
        Dictionary<string, string?> variables =
            TerraformSetup.Variables("rc", emulator: new Uri("http://127.0.0.1:4000"), profile: null, Present);
        string[] removed = variables.Where(entry => entry.Value is null).Select(entry => entry.Key).ToArray();
        Assert.That(
            removed, Is.SupersetOf(
                new[]
                {
                    "AWS_ACCESS_KEY_ID",
                    "AWS_SECRET_ACCESS_KEY",
                    "AWS_SESSION_TOKEN",
                    "AWS_PROFILE",
                    "AWS_ENDPOINT_URL",
                    "AWS_ENDPOINT_URL_S3",
                }));
    }

    [Test]
    public void Variables_NamedProfile_TakesPrecedenceOverKeysInTheEnvironment()
    {
        Dictionary<string, string?> variables = TerraformSetup.Variables("rc", emulator: null, "acme-dev", Present);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(variables["AWS_PROFILE"], Is.EqualTo("acme-dev"));
            Assert.That(variables["AWS_ACCESS_KEY_ID"], Is.Null);
            Assert.That(variables, Does.Not.ContainKey("AWS_ENDPOINT_URL"));
        }
    }

    [Test]
    public void Variables_DefaultChain_KeepsCredentials()
    {
        Dictionary<string, string?> variables = TerraformSetup.Variables("rc", emulator: null, profile: null, Present);
        Assert.That(variables.Keys, Has.None.StartsWith("AWS_"));
    }

    [Test]
    public void Variables_GarbageCollectionOfTheUsers_StaysAsItIs()
    {
        Assert.That(TerraformSetup.Variables("rc", emulator: null, profile: null, Present)["GOGC"], Is.EqualTo("400"));
        Assert.That(TerraformSetup.Variables("rc", emulator: null, profile: null, [.. Present, "GOGC"]), Does.Not.ContainKey("GOGC"));
    }

    [Test]
    public void Variables_WorkspaceAndDataFolderOfTheUsers_AreLeftOut()
    {
        Dictionary<string, string?> variables = TerraformSetup.Variables("rc", emulator: null, profile: null, Present);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(variables["TF_WORKSPACE"], Is.Null);
            Assert.That(variables["TF_DATA_DIR"], Is.Null);
            Assert.That(variables["TF_CLI_CONFIG_FILE"], Is.EqualTo("rc"));
        }
    }

    [Test]
    public void Variables_Emulator_IsTheProxyOfHostsThatNoResolverKnows()
    {
        Dictionary<string, string?> variables =
            TerraformSetup.Variables("rc", emulator: new Uri("http://127.0.0.1:4000"), profile: null, Present);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(variables["HTTP_PROXY"], Is.EqualTo("http://127.0.0.1:4000"));
            Assert.That(variables["http_proxy"], Is.EqualTo("http://127.0.0.1:4000"));
            Assert.That(variables.ContainsKey("NO_PROXY") && variables["NO_PROXY"] is null, Is.True);
            Assert.That(variables.ContainsKey("no_proxy") && variables["no_proxy"] is null, Is.True);
        }
    }

    [Test]
    public void Variables_OnAws_TheUsersProxyStays() =>
        Assert.That(
            TerraformSetup.Variables("rc", emulator: null, profile: null, Present).Keys.Where(
                name => name.Contains("PROXY", StringComparison.OrdinalIgnoreCase)), Is.Empty);
}
