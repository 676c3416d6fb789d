using Infra.Configuration;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Operations.Doctor;

/// <summary>An environment file that meets every entry of the checklist which is read from it.</summary>
internal static class ProductionEnvironment
{
    public const string Ready = """
        {
          "extends": "@/environments/prod.json",
          "secrets": { "partner-key": { "description": "Key of the partner's API" } },
          "state": { "replicaRegion": "eu-west-1" },
          "backup": { "copyRegion": "eu-west-1" },
          "security": { "waf": {}, "account": { "guardDuty": true } },
          "budget": { "monthlyUsd": 500 },
          "smoke": [{ "name": "api", "kind": "http", "service": "backend", "path": "/health" }]
        }
        """;

    public static LoadedEnvironment Load() => WrittenEnvironment.Load("prod", Ready);

    /// <summary>The environment with changed values; null removes one.</summary>
    public static LoadedEnvironment With(string change)
    {
        var json = JObject.Parse(Ready);
        json.Merge(
            JObject.Parse(change),
            new JsonMergeSettings
            {
                MergeArrayHandling = MergeArrayHandling.Replace,
                MergeNullValueHandling = MergeNullValueHandling.Merge,
            });
        return WrittenEnvironment.Load("prod", json.ToString());
    }
}
