using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.CognitoIdentityProvider;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Identity;

/// <summary>Sign-in with Google. Its credentials are Terraform variables, so that they are in no file.</summary>
internal static class GoogleIdentityProvider
{
    /// <summary>Variable with the id of the OAuth client that was created in Google's console: <c>TF_VAR_google_client_id</c>.</summary>
    public const string ClientIdVariable = "google_client_id";

    /// <summary>Variable with that client's secret: <c>TF_VAR_google_client_secret</c>.</summary>
    public const string ClientSecretVariable = "google_client_secret";

    /// <summary>Adds the provider and its variables, and returns its name for the client that offers it.</summary>
    public static string Add(Construct scope, string logicalId, string userPoolId) =>
        new CognitoIdentityProvider(scope, "google", new CognitoIdentityProviderConfig
        {
            UserPoolId = userPoolId,
            ProviderName = "Google",
            ProviderType = "Google",
            ProviderDetails = new Dictionary<string, string>
            {
                ["client_id"] = Variable(scope, ClientIdVariable, "Id of the Google OAuth client that people sign in with"),
                ["client_secret"] = Variable(scope, ClientSecretVariable, "Secret of the Google OAuth client that people sign in with"),
                ["authorize_scopes"] = "openid email profile",
                // Cognito sets these automatically and returns them; without them, every plan would remove them.
                ["attributes_url"] = "https://people.googleapis.com/v1/people/me?personFields=",
                ["attributes_url_add_attributes"] = "true",
                ["authorize_url"] = "https://accounts.google.com/o/oauth2/v2/auth",
                ["oidc_issuer"] = "https://accounts.google.com",
                ["token_request_method"] = "POST",
                ["token_url"] = "https://www.googleapis.com/oauth2/v4/token",
            },
            AttributeMapping = new Dictionary<string, string>
            {
                ["email"] = "email",
                ["email_verified"] = "email_verified",
                ["name"] = "name",
                ["username"] = "sub",
            },
        }).Named(logicalId).ProviderName;

    private static string Variable(Construct scope, string name, string description) =>
        new TerraformVariable(scope, name, new TerraformVariableConfig
        {
            Type = "string",
            Description = description,
            Sensitive = true,
            Nullable = false,
        }).Named(name).StringValue;
}
