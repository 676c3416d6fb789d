using Infra.Operations.Releases;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Releases;

internal sealed class StatusCommandTests
{
    [Test, Property("Finding", "U24")]
    public void Describe_WithoutRuntime_HasNoNumbersOfTasks() => Assert.That(
        StatusCommand.Describe(new JObject
        {
            ["service"] = "web",
            ["kind"] = "service",
            ["released"] = $"sha256:{new string('a', 64)}",
            ["version"] = 2,
            ["since"] = "2026-11-20T12:00:00Z",
            ["tasks"] = null,
            ["desired"] = null,
            ["state"] = "runtime is not deployed",
        }),
        Does.StartWith("web: sha256:aaaa").And.EndsWith(" since 2026-11-20T12:00:00Z (version 2); runtime is not deployed"));

    [Test, Property("Finding", "U24")]
    public void Describe_WithRuntime_SaysHowManyTasksRun() => Assert.That(
        StatusCommand.Describe(new JObject
        {
            ["service"] = "web",
            ["kind"] = "service",
            ["tasks"] = 1,
            ["desired"] = 2,
            ["state"] = "tasks are missing",
        }),
        Is.EqualTo("web: no release; 1 of 2 tasks run; tasks are missing"));
}
