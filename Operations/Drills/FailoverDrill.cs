using System.Diagnostics;
using System.Globalization;
using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Drills;

/// <summary>
/// A failover drill: one task of a service is stopped, then all of its tasks in one Availability Zone. ECS replaces them; meanwhile,
/// requests show what users see.
/// </summary>
internal sealed class FailoverDrill(RunContext context, SessionOptions options)
{
    private const string NoTraffic = "the local AWS serves no traffic: requests are only measured with --url";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    // Long enough that requests before and after the replacement are part of the result.
    private static readonly TimeSpan s_around = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private CancellationToken Stopping => context.Stopping;

    public async Task<ExitCode> RunAsync(string name, string? zone, string? url, string? report)
    {
        EnvironmentConfig config = EnvironmentLoader.Load(context, options.Environment, warn: false).Config;
        if (!config.Services.TryGetValue(name, out ServiceConfig? service))
            throw OperationException.BadInput(
                $"{config.Name} has no service {name}",
                $"available: {string.Join(", ", config.Services.Keys.Order(StringComparer.Ordinal))}");
        if (url is not null && (!Uri.TryCreate(url, UriKind.Absolute, out Uri? given) || given.Scheme is not ("http" or "https")))
            throw OperationException.BadInput($"--url {url} is not a URL", "for example https://dev.example.com/health");
        Connection connection = await Connection.OpenAsync(context, options);
        Uri? target = Target(connection, service, url);
        var tasks = new ServiceTasks(
            connection.Access, connection.Environment.Names.Cluster, connection.Environment.Names.Service(name));
        int desired = await tasks.DesiredAsync(Stopping);
        IReadOnlyDictionary<string, string> running = await tasks.RunningAsync(Stopping);
        string chosen = Zone(running, zone, name, desired);
        context.Reporter.Line($"{name}: {running.Count} of {desired} tasks run: {Zones(running)}");
        if (desired < 2)
            context.Reporter.Warn($"{name} has one task: users see errors until its replacement is healthy; \"desired\": 2 avoids that");
        context.Reporter.Line(target is null ? NoTraffic : $"requests go to {target}");
        if (options.DryRun)
        {
            context.Reporter.Line($"would stop one task, then the tasks in {chosen}");
            return ExitCode.Changes;
        }

        await new Confirmation(config, options, context.Reporter).BeforeAsync($"stop tasks of {name}", Stopping);
        IReadOnlyList<FailoverResult> results = await DrillAsync(tasks, desired, chosen, target);
        string[] lines = [FailoverResult.Header, .. results.Select(result => result.ToString())];
        foreach (string line in lines)
            context.Reporter.Line(line);
        if (report is not null)
        {
            string at = DateTime.UtcNow.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(
                report,
                $"# Failover drill of {name} in {config.Name}\n\n{at} UTC; {(target is null ? NoTraffic : $"requests to {target}")}.\n\n"
                    + $"{string.Join('\n', lines)}\n", Stopping);
        }

        int failed = results.Sum(result => result.Failed);
        if (failed > 0)
            throw OperationException.Failed(
                $"{failed} of {results.Sum(result => result.Requests!.Count)} requests failed: "
                    + $"{results.SelectMany(result => result.Requests!).First(request => request.Failure is not null).Failure}",
                "docs/runbooks/disaster-recovery.md#failover-drill lists causes");
        context.Reporter.Good($"{name}: all tasks were replaced{(target is null ? "" : ", no request failed")}");
        return ExitCode.Ok;
    }

    private async Task<IReadOnlyList<FailoverResult>> DrillAsync(ServiceTasks tasks, int desired, string zone, Uri? target)
    {
        await using RequestProbe? probe = target is null ? null : new RequestProbe(target);
        var results = new List<FailoverResult>();
        foreach ((string step, Func<KeyValuePair<string, string>, bool> isStopped, int most) in new[]
        {
            ("one task", (Func<KeyValuePair<string, string>, bool>)(_ => true), 1),
            ($"all tasks in {zone}", task => task.Value == zone, int.MaxValue),
        })
        {
            string[] stopped =
                [
                    .. (await tasks.RunningAsync(Stopping)).Where(isStopped).Select(task => task.Key).Order(StringComparer.Ordinal)
                        .Take(most),
                ];
            context.Reporter.Step($"stop {step}");
            if (probe is not null)
                await Task.Delay(s_around, Stopping);
            await tasks.StopAsync(stopped, Stopping);
            TimeSpan recovery = await RecoveryAsync(tasks, stopped, desired);
            if (probe is not null)
                await Task.Delay(s_around, Stopping);
            results.Add(new FailoverResult(
                step, stopped.Length, recovery, Zones(await tasks.RunningAsync(Stopping)), probe?.Take()));
        }

        return results;
    }

    /// <summary>Waits until the service has all tasks again, without those that were stopped.</summary>
    private async Task<TimeSpan> RecoveryAsync(ServiceTasks tasks, string[] stopped, int desired)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            int running = (await tasks.RunningAsync(Stopping)).Keys.Except(stopped).Count();
            if (running >= desired)
                return watch.Elapsed;
            if (watch.Elapsed > s_patience)
                throw OperationException.Failed(
                    $"{running} of {desired} tasks run {s_patience.TotalMinutes:0} minutes after others were stopped",
                    $"./infra status {options.AsTyped} shows what ECS says");
            context.Reporter.Status($"{running} of {desired} tasks run");
            await Task.Delay(s_pause, Stopping);
        }
    }

    private static string Zone(IReadOnlyDictionary<string, string> running, string? zone, string service, int desired)
    {
        if (running.Count < desired || running.Count == 0)
            throw OperationException.BadInput(
                $"{running.Count} of {desired} tasks of {service} run; nothing was stopped", "wait until all of them run");
        return zone is null
            ? running.Values.GroupBy(each => each).OrderByDescending(each => each.Count()).ThenBy(each => each.Key, StringComparer.Ordinal)
                .First().Key
            : running.Values.Contains(zone)
            ? zone
            : throw OperationException.BadInput($"{service} has no task in {zone}; nothing was stopped", $"available: {Zones(running)}");
    }

    private static string Zones(IReadOnlyDictionary<string, string> running) => string.Join(
        ", ", running.Values.GroupBy(zone => zone).OrderBy(zone => zone.Key, StringComparer.Ordinal)
            .Select(zone => $"{zone.Key} {zone.Count()}"));

    private static Uri? Target(Connection connection, ServiceConfig service, string? url)
    {
        if (url is not null)
            return new Uri(url);
        if (connection.OnEmulator)
            return null;
        return connection.Environment.Config.HostName(service.Host) is { } host
            ? new Uri($"https://{host}{service.HealthPath}")
            : throw OperationException.BadInput(
                "the service has no host name", "pass --url with an address that reaches it, such as that of the load balancer");
    }
}
