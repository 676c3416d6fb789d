using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>A resource or data source of a stack.</summary>
/// <param name="IsData">Whether it is a data source.</param>
/// <param name="Type">Its type: <c>aws_vpc</c>.</param>
/// <param name="Name">Its name in Terraform: <c>vpc</c>.</param>
/// <param name="Arguments">Its arguments in the JSON.</param>
/// <param name="ConstructPath">Path of its construct, starting with the stack; null if cdktf did not write the JSON.</param>
public sealed record StackElement(bool IsData, string Type, string Name, JObject Arguments, string? ConstructPath)
{
    /// <summary><c>aws_vpc.vpc</c>, <c>data.aws_ssm_parameter.release</c></summary>
    public string Address => $"{(IsData ? "data." : "")}{Type}.{Name}";

    /// <summary>Argument of that name if it is text; null if it is missing or has another type.</summary>
    public string? Text(string argument) => Arguments[argument] is JValue { Type: JTokenType.String } text ? (string?)text : null;
}
