using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CognitoUserPool;
using HashiCorp.Cdktf.Providers.Aws.CognitoUserPoolClient;
using HashiCorp.Cdktf.Providers.Aws.CognitoUserPoolDomain;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Secrets;
using Infra.Naming;

namespace Infra.Constructs.Identity;

/// <summary>
/// Users of the application in Cognito: invited by an administrator or signed in with Google, with MFA, through the hosted UI and the
/// authorization code grant only. The attributes that services need are in Parameter Store and Secrets Manager.
/// </summary>
internal sealed class UserPool : Construct
{
    /// <summary>Name of the secret with the client's secret, below <c>{env}/{project}/</c>.</summary>
    public const string ClientSecretName = "cognito-client-secret";

    public UserPool(Construct scope, string id, UserPoolProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        Pool = MakePool(id, context, props.Config);
        string poolId = Pool.Id;

        string prefix = props.Config.DomainPrefix ?? context.Names.For(NameRule.CognitoDomain, context.Account);
        new CognitoUserPoolDomain(this, "domain", new CognitoUserPoolDomainConfig { Domain = prefix, UserPoolId = poolId })
            .Named($"{id}_domain");

        string? google = props.Config.Google ? GoogleIdentityProvider.Add(this, $"{id}_google", poolId) : null;
        Client = MakeClient(id, poolId, google, context, props.Config);
        string clientId = Client.Id;

        string domain = $"{prefix}.auth.{context.Region}.amazoncognito.com";
        SecretOutputs clientSecret = new Secret(this, $"{id}_client_secret", new SecretProps(
            context,
            ClientSecretName,
            "Secret of the application's Cognito client",
            // Cognito generates it, and Terraform's state contains it as the client's attribute anyway; so the secret may follow the
            // client.
            new SecretValue(Client.ClientSecret))).Outputs;
        Outputs = new UserPoolOutputs(poolId, Pool.Arn, clientId, domain, clientSecret.Arn);

        foreach ((string name, string value)
            in new[] { ("user-pool-id", poolId), ("client-id", clientId), ("domain", domain), ("region", context.Region) })
            new Parameter(this, $"{id}_{name}", new ParameterProps(context, $"cognito/{name}", value));
    }

    public CognitoUserPool Pool { get; }

    public CognitoUserPoolClient Client { get; }

    public UserPoolOutputs Outputs { get; }

    private CognitoUserPool MakePool(string id, DeploymentContext context, IdentityConfig config) =>
        new CognitoUserPool(this, "pool", new CognitoUserPoolConfig
        {
            Name = context.Names.UserPool,
            UsernameAttributes = ["email"],
            UsernameConfiguration = new CognitoUserPoolUsernameConfiguration { CaseSensitive = false },
            AutoVerifiedAttributes = ["email"],
            UserAttributeUpdateSettings =
                new CognitoUserPoolUserAttributeUpdateSettings { AttributesRequireVerificationBeforeUpdate = ["email"] },
            AdminCreateUserConfig = new CognitoUserPoolAdminCreateUserConfig { AllowAdminCreateUserOnly = true },
            PasswordPolicy = new CognitoUserPoolPasswordPolicy
            {
                MinimumLength = 12,
                RequireLowercase = true,
                RequireUppercase = true,
                RequireNumbers = true,
                RequireSymbols = true,
                TemporaryPasswordValidityDays = 7,
            },
            MfaConfiguration = config.Mfa == MfaMode.Required ? "ON" : "OPTIONAL",
            SoftwareTokenMfaConfiguration = new CognitoUserPoolSoftwareTokenMfaConfiguration { Enabled = true },
            AccountRecoverySetting = new CognitoUserPoolAccountRecoverySetting
            {
                RecoveryMechanism =
                    new[] { new CognitoUserPoolAccountRecoverySettingRecoveryMechanism { Name = "verified_email", Priority = 1 } },
            },
            DeletionProtection = context.Disposable ? "INACTIVE" : "ACTIVE",
            Lifecycle = context.PreventDestroy(),
        }).Named(id);

    private CognitoUserPoolClient MakeClient(string id, string poolId, string? google, DeploymentContext context, IdentityConfig config) =>
        new CognitoUserPoolClient(this, "client", new CognitoUserPoolClientConfig
        {
            Name = context.Names.UserPoolClient,
            UserPoolId = poolId,
            GenerateSecret = true,
            AllowedOauthFlowsUserPoolClient = true,
            AllowedOauthFlows = ["code"],
            AllowedOauthScopes = [.. config.Scopes],
            CallbackUrls = [.. config.CallbackUrls],
            LogoutUrls = [.. config.LogoutUrls],
            SupportedIdentityProviders = google is null ? ["COGNITO"] : ["COGNITO", google],
            // Only to refresh tokens: users sign in through the hosted UI.
            ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"],
            PreventUserExistenceErrors = "ENABLED",
            EnableTokenRevocation = true,
            AccessTokenValidity = 60,
            IdTokenValidity = 60,
            RefreshTokenValidity = 30,
            TokenValidityUnits = new[]
            {
                new CognitoUserPoolClientTokenValidityUnits { AccessToken = "minutes", IdToken = "minutes", RefreshToken = "days" },
            },
        }).Named($"{id}_client");
}

/// <param name="Context">The deployment.</param>
/// <param name="Config">Its settings from the environment file.</param>
internal sealed record UserPoolProps(DeploymentContext Context, IdentityConfig Config);

/// <summary>Attributes of the user pool.</summary>
/// <param name="UserPoolId">Its id.</param>
/// <param name="UserPoolArn">Its ARN.</param>
/// <param name="ClientId">Id of the application's client.</param>
/// <param name="Domain">Host name of the hosted UI.</param>
/// <param name="ClientSecretArn">Secret that holds the client's secret.</param>
internal sealed record UserPoolOutputs(string UserPoolId, string UserPoolArn, string ClientId, string Domain, string ClientSecretArn);
