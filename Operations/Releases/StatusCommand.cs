using System.Globalization;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Releases;

/// <summary>Shows what runs, since when, and from which commit.</summary>
internal static class StatusCommand
{
    public static async Task<ExitCode> RunAsync(RunContext context, SessionOptions options, bool json)
    {
        Connection connection = await Connection.OpenAsync(context, options, quiet: json);
        Names names = connection.Environment.Names;
        var ledger = new ReleaseLedger(connection.Access);
        var services = new JArray();
        foreach (Application application
            in Application.Of(connection.Environment.Config).OrderBy(application => application.Name, StringComparer.Ordinal))
        {
            string service = application.Name;
            LedgerEntry? entry = await ledger.FindAsync(names.Release(service), context.Stopping);
            IRollout rollout = application.IsAgent
                ? new AgentRollout(
                    connection.Access, names.AgentStack(service), () => Task.FromResult(entry?.Value == ReleaseParameter.NothingReleased))
                : new ServiceRollout(connection.Access, names.Cluster, names.Service(service), service);
            RunningService? running = await rollout.ReadAsync(context.Stopping);
            RegistryImage? image = entry is null || entry.Value == ReleaseParameter.NothingReleased
                ? null
                : await new ImageRegistry(connection.Access, names.Repository(application.Repository))
                    .FindAsync(entry.Value, null, context.Stopping);
            services.Add(new JObject
            {
                ["service"] = service,
                ["kind"] = application.Kind,
                ["released"] = entry?.Value,
                ["version"] = entry?.Version,
                ["since"] = entry?.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["by"] = entry?.By,
                ["commit"] = image is null ? null : ImageRegistry.CommitOf(image),
                ["tags"] = image is null ? null : new JArray(image.Tags),
                ["runs"] = running?.Image,
                ["rollout"] = running?.Rollout,
                ["tasks"] = application.IsAgent ? null : running?.Running,
                ["desired"] = application.IsAgent ? null : running?.Desired,
                ["agentVersion"] = running?.AgentVersion,
                ["state"] = State(entry, running),
            });
        }

        if (json)
        {
            context.Reporter.Line(
                new JObject
                {
                    ["environment"] = connection.Environment.Config.Name,
                    ["services"] = services,
                    ["contacts"] = Contacts(connection.Environment.Config),
                }.ToString(Formatting.Indented));
            return ExitCode.Ok;
        }

        foreach (JToken service in services)
            context.Reporter.Line(Describe(service));
        if (services.Count == 0)
            context.Reporter.Line("no services");
        foreach (ContactConfig contact in connection.Environment.Config.Contacts)
            context.Reporter.Line($"contact, {contact.Role}: {contact.Name}, {string.Join(", ", contact.Ways)}");
        return ExitCode.Ok;
    }

    private static JArray Contacts(EnvironmentConfig config) => new(config.Contacts.Select(contact => new JObject
    {
        ["role"] = contact.Role,
        ["name"] = contact.Name,
        ["email"] = contact.Email,
        ["phone"] = contact.Phone,
        ["url"] = contact.Url,
    }));

    private static string State(LedgerEntry? entry, RunningService? running) => (entry, running) switch
    {
        (null, _) => "base is not deployed",
        (_, null) => "runtime is not deployed",
        (_, { Rollout: "IN_PROGRESS" }) => "a deployment is in progress",
        (_, { Rollout: "FAILED" }) => "the last deployment failed",
        _ when !running.Runs(entry.Value) => "does not run the released image: ./infra deploy --env NAME runtime",
        _ when running.Running < running.Desired => "tasks are missing",
        _ => "ok",
    };

    internal static string Describe(JToken service)
    {
        bool isAgent = (string?)service["kind"] == "agent";
        string released = (string?)service["released"] switch
        {
            null => "no release",
            ReleaseParameter.NothingReleased => isAgent ? "nothing was released yet" : "the placeholder image, nothing was released yet",
            { } digest =>
                $"{ImageReference.Short(digest)}{((string?)service["commit"] is { } commit ? $" (commit {commit[..Math.Min(commit.Length, 12)]})" : "")} since {service["since"]} (version {service["version"]})",
        };
        // Of what is not deployed, the state says so.
        string? runs = isAgent
            ? (string?)service["agentVersion"] is { } version ? $"agent version {version}" : null
            : service["tasks"] is { Type: JTokenType.Integer } tasks ? $"{tasks} of {service["desired"]} tasks run" : null;
        return $"{service["service"]}: {string.Join("; ", new[] { released, runs, (string?)service["state"] }.OfType<string>())}";
    }
}
