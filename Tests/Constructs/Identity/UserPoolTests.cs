using Infra.Configuration.Model;
using Infra.Constructs.Identity;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Identity;

internal sealed class UserPoolTests
{
    private static readonly IdentityConfig Config = new()
    {
        CallbackUrls = ["https://app.example.com/callback"],
        LogoutUrls = ["https://app.example.com"],
    };

    private static SynthesizedStack Synthesize(IdentityConfig? config = null, bool disposable = false) => SynthesizedStack.Of(stack =>
        _ = new UserPool(stack, "users", new UserPoolProps(SynthesizedStack.Context(disposable: disposable), config ?? Config)));

    private static JObject Pool(IdentityConfig? config = null, bool disposable = false) =>
        Synthesize(config, disposable).Resource("aws_cognito_user_pool", "users");

    private static JObject Client(IdentityConfig? config = null) =>
        Synthesize(config).Resource("aws_cognito_user_pool_client", "users_client");

    [Test, Property("Row", "T8")]
    public void Users_AreInvitedAndIdentifiedByEmail()
    {
        JObject pool = Pool();

        Assert.Multiple(() =>
        {
            Assert.That(pool["username_attributes"]!.Values<string>(), Is.EqualTo(new[] { "email" }));
            Assert.That((bool?)pool["admin_create_user_config"]!["allow_admin_create_user_only"], Is.True);
            Assert.That((bool?)pool["username_configuration"]!["case_sensitive"], Is.False);
            Assert.That(pool["auto_verified_attributes"]!.Values<string>(), Is.EqualTo(new[] { "email" }));
            Assert.That((string?)pool["account_recovery_setting"]!["recovery_mechanism"]!.Single()["name"], Is.EqualTo("verified_email"));
        });
    }

    [Test, Property("Row", "S9")]
    public void Passwords_AreStrong()
    {
        JToken policy = Pool()["password_policy"]!;

        Assert.Multiple(() =>
        {
            Assert.That((int?)policy["minimum_length"], Is.GreaterThanOrEqualTo(12));
            foreach (string kind in new[] { "lowercase", "uppercase", "numbers", "symbols" })
                Assert.That((bool?)policy[$"require_{kind}"], Is.True, kind);
        });
    }

    [TestCase(MfaMode.Optional, "OPTIONAL")]
    [TestCase(MfaMode.Required, "ON")]
    [Property("Row", "S9")]
    public void Mfa_IsAvailableByAuthenticatorApp(MfaMode said, string expected)
    {
        JObject pool = Pool(Config with { Mfa = said });

        Assert.Multiple(() =>
        {
            Assert.That((string?)pool["mfa_configuration"], Is.EqualTo(expected));
            Assert.That((bool?)pool["software_token_mfa_configuration"]!["enabled"], Is.True);
        });
    }

    [TestCase(false, "ACTIVE")]
    [TestCase(true, "INACTIVE")]
    [Property("Row", "S9")]
    public void Pool_IsProtected_UnlessDisposable(bool disposable, string expected)
    {
        JObject pool = Pool(disposable: disposable);

        Assert.Multiple(() =>
        {
            Assert.That((string?)pool["deletion_protection"], Is.EqualTo(expected));
            Assert.That((bool?)pool["lifecycle"]?["prevent_destroy"], Is.EqualTo(disposable ? null : true));
        });
    }

    [Test, Property("Row", "S9"), Property("Row", "T8")]
    public void Client_AllowsOnlyTheCodeGrant()
    {
        JObject client = Client();

        Assert.Multiple(() =>
        {
            Assert.That(client["allowed_oauth_flows"]!.Values<string>(), Is.EqualTo(new[] { "code" }));
            Assert.That((bool?)client["allowed_oauth_flows_user_pool_client"], Is.True);
            Assert.That(client["explicit_auth_flows"]!.Values<string>(), Is.EqualTo(new[] { "ALLOW_REFRESH_TOKEN_AUTH" }));
            Assert.That((bool?)client["generate_secret"], Is.True);
            Assert.That((string?)client["prevent_user_existence_errors"], Is.EqualTo("ENABLED"));
            Assert.That((bool?)client["enable_token_revocation"], Is.True);
        });
    }

    [Test, Property("Row", "T8")]
    public void Client_HasTheScopesAndUrlsOfTheEnvironment()
    {
        JObject client = Client(Config with { Scopes = ["openid", "email"] });

        Assert.Multiple(() =>
        {
            Assert.That(client["allowed_oauth_scopes"]!.Values<string>(), Is.EqualTo(new[] { "openid", "email" }));
            Assert.That(client["callback_urls"]!.Values<string>(), Is.EqualTo(new[] { "https://app.example.com/callback" }));
            Assert.That(client["logout_urls"]!.Values<string>(), Is.EqualTo(new[] { "https://app.example.com" }));
            Assert.That(client["supported_identity_providers"]!.Values<string>(), Is.EqualTo(new[] { "COGNITO" }));
        });
    }

    [Test, Property("Row", "T8")]
    public void Google_HasItsCredentialsFromVariables()
    {
        SynthesizedStack stack = Synthesize(Config with { Google = true });
        JObject google = stack.Resource("aws_cognito_identity_provider", "users_google");

        Assert.Multiple(() =>
        {
            Assert.That((string?)google["provider_type"], Is.EqualTo("Google"));
            Assert.That((string?)google["provider_details"]!["client_id"], Is.EqualTo("${var.google_client_id}"));
            Assert.That((string?)google["provider_details"]!["client_secret"], Is.EqualTo("${var.google_client_secret}"));
            foreach (string variable in new[] { "google_client_id", "google_client_secret" })
            {
                Assert.That((bool?)stack.Json["variable"]![variable]!["sensitive"], Is.True, variable);
                Assert.That(stack.Json["variable"]![variable]!["default"], Is.Null, variable);
            }
            Assert.That(
                stack.Resource("aws_cognito_user_pool_client", "users_client")["supported_identity_providers"]!.Values<string>(),
                Is.EqualTo(new[] { "COGNITO", "${aws_cognito_identity_provider.users_google.provider_name}" }));
        });
    }

    [Test, Property("Row", "T8")]
    public void Domain_IsHosted()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)Synthesize().Resource("aws_cognito_user_pool_domain", "users_domain")["domain"],
                Is.EqualTo("acme-dev-111111111111"));
            Assert.That(
                (string?)Synthesize(Config with { DomainPrefix = "tap-signin" })
                    .Resource("aws_cognito_user_pool_domain", "users_domain")["domain"],
                Is.EqualTo("tap-signin"));
        });
    }

    [TestCase("user-pool-id", "${aws_cognito_user_pool.users.id}")]
    [TestCase("client-id", "${aws_cognito_user_pool_client.users_client.id}")]
    [TestCase("domain", "acme-dev-111111111111.auth.us-east-2.amazoncognito.com")]
    [TestCase("region", "us-east-2")]
    [Property("Row", "T8"), Property("Row", "T3")]
    public void Parameter_IsWrittenForServices(string name, string value)
    {
        JObject parameter = Synthesize().Resource("aws_ssm_parameter", $"users_{name}");

        Assert.Multiple(() =>
        {
            Assert.That((string?)parameter["name"], Is.EqualTo($"/dev/acme/cognito/{name}"));
            Assert.That((string?)parameter["insecure_value"], Is.EqualTo(value));
        });
    }

    [Test, Property("Row", "T8"), Property("Row", "T3")]
    public void ClientSecret_IsASecret()
    {
        SynthesizedStack stack = Synthesize();

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Resource("aws_secretsmanager_secret", "users_client_secret")["name"],
                Is.EqualTo("dev/acme/cognito-client-secret"));
            Assert.That(
                (string?)stack.Resource("aws_secretsmanager_secret_version", "users_client_secret_version")["secret_string"],
                Is.EqualTo("${aws_cognito_user_pool_client.users_client.client_secret}"));
        });
    }
}
