using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A person or team to contact about an environment.</summary>
public sealed record ContactConfig
{
    [Description("Name of the person or team.")]
    [RegularExpression("[^\\s|](.{0,98}[^\\s|])?", ErrorMessage = "a name of at most 100 characters")]
    public required string Name { get; init; }

    [Description("What to contact them about: on call, product owner, security.")]
    [RegularExpression("[^\\s|](.{0,98}[^\\s|])?", ErrorMessage = "a text of at most 100 characters")]
    public required string Role { get; init; }

    [Description("Email address.")]
    [RegularExpression("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", ErrorMessage = "an e-mail address")]
    public string? Email { get; init; }

    [Description("Telephone number.")]
    [RegularExpression("\\+[0-9][0-9 ()/-]{4,30}", ErrorMessage = "a telephone number with its country code: +1 555 0100")]
    public string? Phone { get; init; }

    [Description("Page, such as a chat channel or an on-call schedule.")]
    [RegularExpression("https://[^\\s|]+", ErrorMessage = "an address that starts with https://")]
    public string? Url { get; init; }

    /// <summary>The ways to contact them, in the order of the settings.</summary>
    public IEnumerable<string> Ways => new[] { Email, Phone, Url }.OfType<string>();
}
