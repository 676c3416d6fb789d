namespace Infra.Configuration.Model;

/// <summary>A list in which the same item may stand twice, such as the arguments of a command; in all others that is a finding.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RepeatsAttribute : Attribute;
