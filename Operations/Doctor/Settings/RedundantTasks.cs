using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Services survive the loss of a task or a zone.</summary>
internal sealed class RedundantTasks() : SettingsCheck("redundant-tasks", "Every service behind the load balancer runs at least two tasks")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Services.Where(service => service.Value.IsListening).ToArray() is not { Length: > 0 } services
            ? CheckResult.NotApplicable("no load balancer")
            : CheckResult.None(
                services.Where(service => Tasks(service.Value) < 2)
                    .Select(service => $"services.{service.Key} runs {Tasks(service.Value)}"),
                string.Join(", ", services.Select(service => $"{service.Key} {Tasks(service.Value)}").Order(StringComparer.Ordinal)),
                "\"desired\": 2, and \"autoscaling\": { \"min\": 2 } where it scales");

    private static int Tasks(ServiceConfig service) => Math.Min(service.Desired, service.Autoscaling?.Min ?? service.Desired);
}
