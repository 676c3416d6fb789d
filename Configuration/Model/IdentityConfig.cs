using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A Cognito user pool: email as user name, people are invited.</summary>
public sealed record IdentityConfig
{
    [Description("Prefix of the hosted pages' domain, unique in the region. Default: {prefix}-{account}.")]
    public string? DomainPrefix { get; init; }

    [Description("Whether people may sign in with Google; the client's id and secret are the Terraform variables google_client_id and google_client_secret.")]
    public bool Google { get; init; }

    [Description("Where the hosted pages may send people after sign-in.")]
    [MinLength(1)]
    public required IReadOnlyList<string> CallbackUrls { get; init; }

    [Description("Where the hosted pages may send people after sign-out.")]
    public IReadOnlyList<string> LogoutUrls { get; init; } = [];

    [Description("OAuth scopes of the client.")]
    [MinLength(1)]
    [AllowedValues("openid", "email", "phone", "profile", "aws.cognito.signin.user.admin")]
    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "email", "profile"];

    [Description("Second factor by authenticator app: optional, or required of everyone.")]
    [AllowedValues("optional", "required")]
    public string Mfa { get; init; } = "optional";
}
