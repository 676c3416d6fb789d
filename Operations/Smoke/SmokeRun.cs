using System.Diagnostics;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Sessions;
using Infra.Operations.Tasks;
using Infra.Operations.Workspace;

namespace Infra.Operations.Smoke;

/// <summary>Runs the smoke tests of an environment; each is retried until it passes or times out.</summary>
/// <param name="context">Context of the run.</param>
/// <param name="environment">The environment.</param>
/// <param name="access">Access to its account.</param>
/// <param name="onEmulator">Whether it is on the emulator, which serves no traffic.</param>
/// <param name="outputs">Outputs of its stacks.</param>
internal sealed class SmokeRun(
    RunContext context, LoadedEnvironment environment, AwsAccess access, bool onEmulator, DeployedOutputs outputs)
{
    private const string NoTraffic = "the emulator serves no traffic";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private EnvironmentConfig Config => environment.Config;

    /// <summary>Runs the tests of a service, or of the whole environment.</summary>
    /// <exception cref="OperationException">One failed.</exception>
    public async Task PassAsync(string? service)
    {
        SmokeConfig[] tests = [.. Config.Smoke.Where(test => service is null || (test.Service ?? test.AgentName ?? service) == service)];
        if (tests.Length == 0)
            return;
        string[] failed =
            [.. (await RunAsync(tests)).Where(result => result.Failure is not null).Select(result => $"{result.Name}: {result.Failure}")];
        if (failed.Length > 0)
            throw OperationException.Failed($"{failed.Length} of {tests.Length} smoke tests failed: {string.Join("; ", failed)}");
    }

    /// <summary>Runs tests one after the other and shows each.</summary>
    public async Task<IReadOnlyList<SmokeResult>> RunAsync(IReadOnlyList<SmokeConfig> tests)
    {
        context.Reporter.Step("smoke tests");
        var results = new List<SmokeResult>();
        foreach (SmokeConfig test in tests)
        {
            SmokeResult result = await RunAsync(test);
            results.Add(result);
            string took = Reporter.Duration(result.Took);
            if (result.LeftOut is { } why)
                context.Reporter.Detail($"  skipped   {test.Name}: {why}");
            else if (result.Failure is { } failure)
                context.Reporter.Error($"  failed    {test.Name} ({took}): {failure}");
            else
                context.Reporter.Good($"  passed    {test.Name} ({took})");
        }

        return results;
    }

    private async Task<SmokeResult> RunAsync(SmokeConfig test)
    {
        if ((LeftOut(test) ?? await NotReleasedAsync(test)) is { } why)
            return new SmokeResult(test.Name, null, why, TimeSpan.Zero);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            context.Reporter.Status($"smoke test {test.Name}");
            string? failure = await AskAsync(test);
            // Tasks and commands are run once; the others are retried, because the service may still be starting.
            bool once = test.Kind is SmokeKind.Task or SmokeKind.Command;
            if (failure is null || once || watch.Elapsed + Pause > TimeSpan.FromSeconds(test.Seconds))
                return new SmokeResult(test.Name, failure, null, watch.Elapsed);
            await Task.Delay(Pause, context.Stopping);
        }
    }

    private string? LeftOut(SmokeConfig test) => test.Kind switch
    {
        SmokeKind.Http or SmokeKind.Tls when test.Url is not null => null,
        SmokeKind.Http or SmokeKind.Tls or SmokeKind.Redirect or SmokeKind.Site when onEmulator => NoTraffic,
        SmokeKind.Agent when onEmulator => "agents on the emulator do not respond",
        SmokeKind.Telemetry when onEmulator => "containers on the emulator write no logs",
        _ => null,
    };

    /// <summary>
    /// Before the first release a service runs a placeholder image without commands, an agent is not deployed, and a site is empty.
    /// </summary>
    private async Task<string?> NotReleasedAsync(SmokeConfig test)
    {
        if (test is { Kind: SmokeKind.Site, SiteName: { } site })
        {
            return await IsEmptyAsync(environment.Names.Bucket(site)) ? $"nothing was uploaded to {site} yet" : null;
        }

        if ((test.Kind == SmokeKind.Task ? test.Service : test.AgentName) is not { } application)
            return null;
        LedgerEntry? current = await new ReleaseLedger(access).FindAsync(environment.Names.Release(application), context.Stopping);
        return current is null or { Value: ReleaseParameter.NothingReleased } ? $"no release of {application} yet" : null;
    }

    private async Task<bool> IsEmptyAsync(string bucket)
    {
        using AmazonS3Client s3 = access.S3();
        try
        {
            return (await s3.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = bucket, MaxKeys = 1 }, context.Stopping)).KeyCount == 0;
        }
        catch (AmazonS3Exception e)
        {
            throw OperationException.Failed($"bucket {bucket}: {e.Message}", "./infra deploy --env NAME");
        }
    }

    private async Task<string?> AskAsync(SmokeConfig test) => test.Kind switch
    {
        SmokeKind.Http => await HttpCheck.AskAsync(Address(test), test, context.Stopping),
        SmokeKind.Tls when Address(test) is var url =>
            await new TlsCheck().LookAsync(url.Host, url.Port, test.CertificateDays, context.Stopping),
        SmokeKind.Redirect =>
            await HttpCheck.RedirectsAsync(new UriBuilder(Address(test)) { Scheme = "http", Port = 80 }.Uri, context.Stopping),
        SmokeKind.Site => await HttpCheck.AskAsync(Address(test), test with { Matches = test.Matches ?? "(?i)<html" }, context.Stopping),
        SmokeKind.Task => await TaskAsync(test),
        SmokeKind.Command => await CommandAsync(test),
        SmokeKind.Agent when outputs.Runtime.Agents?.GetValueOrDefault(test.AgentName!) is { } agent =>
            await AgentCheck.InvokeAsync(access, agent.Arn, test, context.Stopping),
        SmokeKind.Agent => $"runtime, which contains agent {test.AgentName}, is not deployed",
        SmokeKind.Telemetry => await TelemetryAsync(test),
        _ => $"there is no kind {test.Kind.Text()}",
    };

    /// <summary>URL of a test: its own, the host of its service or site, or the DNS name that AWS assigned.</summary>
    private Uri Address(SmokeConfig test)
    {
        if (test.Url is { } url)
            return new Uri(url);
        if (test.SiteName is { } site)
            return new Uri(
                $"https://{Config.HostName(Config.Sites[site].Host) ?? (outputs.Base.SiteDomainName(site) ?? throw NotDeployed(StackNames.Base, BaseOperatorOutputs.SiteDomainNameOutput(site)))}{test.Path}");
        string? host = Config.HostName(Config.Services[test.Service!].Host);
        return new Uri(
            host is not null
                ? $"https://{host}{test.Path}"
                : $"{(Config.Domain is null ? "http" : "https")}://{outputs.Runtime.LoadBalancerDnsName ?? throw NotDeployed(StackNames.Runtime, RuntimeOutputs.LoadBalancerDnsNameOutput)}{test.Path}");
    }

    private static OperationException NotDeployed(string stack, string output) =>
        OperationException.Failed($"{stack} has no output {output}", $"./infra deploy {stack}");

    private async Task<string?> TaskAsync(SmokeConfig test)
    {
        if (TaskNetwork.Of(outputs.Runtime) is not { } place)
            return "runtime, which contains the network of the task, is not deployed";
        Names names = environment.Names;
        string family = names.Service(test.Service!);
        string begun = $"smoke-{Guid.NewGuid().ToString("N")[..20]}";
        await using TaskObjects? objects = test.Objects is null ? null : new TaskObjects(access, names, test.Objects);
        if (objects is not null)
            await objects.WriteInputAsync(context.Stopping);
        TaskResult end = await new OneOffTask(access, place).RunAsync(
            family, test.Service!, objects?.Fill(test.Arguments) ?? test.Arguments, begun, TimeSpan.FromSeconds(test.Seconds),
            context.Stopping);
        foreach (string line in end.Log)
            context.Reporter.Line($"  | {line}");
        if (!end.Succeeded)
            return end.Describe();
        return objects is null ? null : await objects.CheckResultAsync(context.Stopping);
    }

    private async Task<string?> CommandAsync(SmokeConfig test)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(test.Seconds));
        ProcessResult result;
        try
        {
            Task<ProcessResult> run = context.Runner.RunAsync(new ProcessRequest(test.Arguments[0], [.. test.Arguments.Skip(1)])
            {
                WorkingDirectory = context.Checkout.Root,
                Variables = new Dictionary<string, string?> { ["AWS_REGION"] = access.Region },
            });
            result = await run.WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return $"did not finish within {test.Seconds} s";
        }
        catch (OperationException e) when (e.ExitCode == ExitCode.ToolMissing)
        {
            return e.Message;
        }

        return result.ExitCode != 0
            ? $"exited with code {result.ExitCode}: {(result.Error + result.Output).Trim().Split('\n')[^1]}"
            : HttpCheck.Text(test, result.Output);
    }

    private async Task<string?> TelemetryAsync(SmokeConfig test)
    {
        string group = environment.Names.ServiceLogGroup(test.Service!);
        if (await new LogsClient(access).LastIngestionTimeAsync(group, context.Stopping) is not { } last)
            return $"{group} has no log yet";
        TimeSpan age = DateTimeOffset.UtcNow - last;
        return age > TimeSpan.FromMinutes(test.WithinMinutes)
            ? $"the newest log in {group} is {Reporter.Duration(age)} old, at most {test.WithinMinutes} minutes are allowed"
            : null;
    }
}
