using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A Cognito user pool: email as user name, users are invited by an administrator.</summary>
public sealed record IdentityConfig
{
    [Description("Domain prefix of the hosted UI, unique in the Region. Default: {prefix}-{account}.")]
    public string? DomainPrefix { get; init; }

    [Description(
        "Whether users may sign in with Google; the client's id and secret are the Terraform variables google_client_id and "
            + "google_client_secret.")]
    public bool Google { get; init; }

    [Description("URLs that the hosted UI may redirect to after sign-in.")]
    [MinLength(1)]
    public required IReadOnlyList<string> CallbackUrls { get; init; }

    [Description("URLs that the hosted UI may redirect to after sign-out.")]
    public IReadOnlyList<string> LogoutUrls { get; init; } = [];

    [Description("OAuth scopes of the client.")]
    [MinLength(1)]
    [AllowedValues("openid", "email", "phone", "profile", "aws.cognito.signin.user.admin")]
    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "email", "profile"];

    [Description("MFA with an authenticator app: optional, or required for all users.")]
    public MfaMode Mfa { get; init; } = MfaMode.Optional;
}

/// <summary>Whether users must have a second factor.</summary>
public enum MfaMode { Optional, Required }
