using System.Text;
using Infra.Insight;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>docs/security-model.md lists the roles of every example, from the synthesized JSON.</summary>
[Property("Row", "P-L6")]
internal sealed class SecurityModelTests
{
    [Test]
    public void Roles_AreThoseOfTheExamples()
    {
        var text = new StringBuilder();
        foreach (Example example in Example.WithPipelines)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append($"**{example.Config.Project} {example.Config.Name}**\n\n")
                .Append("| role | assumed by | boundary | session | stack |\n|---|---|---|---|---|\n");
            foreach (StackJson stack in StackJson.ReadAll(example.Deployment.OutDir))
            {
                foreach (StackElement role in stack.Resources.Where(resource => resource.Type == "aws_iam_role"))
                    text.Append($"| {role.Text("name") ?? role.Name} | {AssumedBy(role)} ")
                        .Append($"| {(role.Arguments["permissions_boundary"] is null ? "no" : "yes")} ")
                        .Append($"| {((int?)role.Arguments["max_session_duration"] ?? 3600) / 60} min | {stack.Name} |\n");
            }
        }

        GeneratedSection.Verify("docs/security-model.md", "roles", text.ToString());
    }

    private static string AssumedBy(StackElement role)
    {
        var policy = JObject.Parse(role.Text("assume_role_policy")!);
        return string.Join(
            ", ", policy.SelectTokens("Statement[*].Principal").SelectMany(Principals).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Principals(JToken principal) => principal is not JObject kinds
        ? ["everyone"]
        : kinds.Properties().SelectMany(kind => (kind.Value is JArray all ? all.Values<string>() : [(string?)kind.Value]).Select(value =>
            kind.Name switch
            {
                "Service" => value!,
                "Federated" => "GitHub",
                _ => value!.Split(':') is { Length: > 4 } arn ? $"account {arn[4]}" : $"account {value}",
            }));
}
