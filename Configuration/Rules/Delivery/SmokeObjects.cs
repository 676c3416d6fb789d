using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class SmokeObjects
{
    /// <summary>Placeholder for the key prefix in the command.</summary>
    private const string Prefix = "{prefix}";

    [Rule(
        "delivery/smoke-objects",
        "Objects of a smoke test are in buckets that the service reads and writes, and its command names their prefix.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        for (int i = 0; i < config.Smoke.Count; i++)
        {
            SmokeConfig test = config.Smoke[i];
            if (test is not { Objects: { } objects, Service: { } service } || config.Services.GetValueOrDefault(service) is not { } known)
                continue;
            string path = $"{ConfigPath.Item("smoke", i)}.objects";
            if (!test.Arguments.Any(argument => argument.Contains(Prefix, StringComparison.Ordinal)))
                yield return new RuleViolation(
                    $"{ConfigPath.Item("smoke", i)}.command", $"must contain {Prefix}, so that it reads only the object of this test");
            if (Missing(known, objects.From, "read") is { } from)
                yield return new RuleViolation($"{path}.from", from, $"services.{service}.uses.buckets");
            if (Missing(known, objects.To, "write") is { } to)
                yield return new RuleViolation($"{path}.to", to, $"services.{service}.uses.buckets");
        }

        string? Missing(ServiceConfig service, string bucket, string how) =>
            !config.Buckets.ContainsKey(bucket)
                ? $"{Scalars.Show(bucket)} is not a bucket{ClosestMatch.Known(bucket, [.. config.Buckets.Keys], "buckets")}"
                : service.Uses.Buckets.Any(use => use == $"{bucket}:{how}" || use == $"{bucket}:readwrite")
                ? null
                : $"the service does not {how} {Scalars.Show(bucket)}; its uses.buckets must list {bucket}:{how} or {bucket}:readwrite";
    }
}
