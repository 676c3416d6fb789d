namespace Infra.Configuration.Extensions;

/// <summary>
/// Section of an environment file that belongs to an extension. Its properties are declared like those of the platform's sections: with
/// <see cref="System.ComponentModel.DescriptionAttribute"/> and attributes for limits; schema and findings are derived from them.
/// </summary>
public abstract record ExtensionConfig
{
    /// <summary>What the schema cannot express: values that must match each other or AWS's limits.</summary>
    public virtual IEnumerable<SettingViolation> Check() => [];
}

/// <summary>A violation in an extension's section.</summary>
/// <param name="Key">Key in the section: <c>retries</c>, or <c>steps.charge.timeoutSeconds</c>.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
/// <param name="Others">Other keys that it depends on: if one of them is invalid itself, the violation is not reported.</param>
public sealed record SettingViolation(string Key, string Message, params IReadOnlyList<string> Others);
