using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>A resource or data source of a stack.</summary>
/// <param name="IsData">Whether Terraform only reads it.</param>
/// <param name="Type">Its type: <c>aws_vpc</c>.</param>
/// <param name="Name">Its name in Terraform: <c>vpc</c>.</param>
/// <param name="Arguments">What the JSON says of it.</param>
/// <param name="ConstructPath">Path of the construct that made it, its stack first; null where the JSON was not made by cdktf.</param>
public sealed record StackElement(bool IsData, string Type, string Name, JObject Arguments, string? ConstructPath)
{
    /// <summary><c>aws_vpc.vpc</c>, <c>data.aws_ssm_parameter.release</c></summary>
    public string Address => $"{(IsData ? "data." : "")}{Type}.{Name}";

    /// <summary>Argument of that name where it is text; null where it is missing or something else.</summary>
    public string? Text(string argument) => Arguments[argument] is JValue { Type: JTokenType.String } text ? (string?)text : null;
}
