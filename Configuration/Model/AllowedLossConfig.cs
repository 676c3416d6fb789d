using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Infra.Configuration.Model;

/// <summary>A resource with data that a deployment may destroy or replace, until a date.</summary>
public sealed record AllowedLossConfig
{
    [Description("Address of the resource in Terraform, as the plan shows it.")]
    [RegularExpression("(module\\.[^\\s]+\\.)?aws_[a-z0-9_]+\\.[A-Za-z0-9_-]+(\\[[^\\]\\s]+\\])?",
        ErrorMessage = "an address such as aws_db_instance.database")]
    public required string Address { get; init; }

    [Description("Last day, in UTC, on which it may be destroyed.")]
    [RegularExpression("[0-9]{4}-[0-9]{2}-[0-9]{2}", ErrorMessage = "a date such as 2026-12-31")]
    public required string Until { get; init; }

    [Description("Why it may be lost, for reviewers.")]
    [RegularExpression(".{3,300}", ErrorMessage = "a text of 3 to 300 characters")]
    public required string Reason { get; init; }

    /// <summary>The last day; null if it is not a date.</summary>
    public DateOnly? LastDay =>
        DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
