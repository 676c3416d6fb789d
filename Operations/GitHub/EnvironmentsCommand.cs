using Infra.Configuration;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace Infra.Operations.GitHub;

/// <summary>The environments command: lists the environments for workflows, in promotion order.</summary>
internal sealed class EnvironmentsCommand(RunContext context)
{
    private static readonly JsonSerializerSettings CamelCase = new() { ContractResolver = new CamelCasePropertyNamesContractResolver() };

    /// <param name="chosen">One environment; null means all.</param>
    /// <param name="branch">Only those that are deployed from this branch.</param>
    /// <param name="form">Output format.</param>
    public ExitCode Run(string? chosen, string? branch, EnvironmentsForm form)
    {
        if (form is EnvironmentsForm.Mermaid)
        {
            string[] names = chosen is null ? [.. EnvironmentFile.List(context.Checkout.Root)] : [chosen];
            LoadedEnvironment[] pictured =
            [
                .. names.Select(Load).Where(environment =>
                    DeployableEnvironment.Of("", environment) is { } deployed && (branch is null || deployed.Branch == branch)),
            ];
            context.Reporter.Line(DeploymentPicture.Of(pictured));
            return ExitCode.Ok;
        }

        DeployableEnvironment[] environments =
            [.. (chosen is null ? All() : One(chosen)).Where(environment => branch is null || environment.Branch == branch)];
        if (form is EnvironmentsForm.Json)
        {
            context.Reporter.Line(JsonConvert.SerializeObject(environments, CamelCase));
            return ExitCode.Ok;
        }

        if (form is EnvironmentsForm.Outputs)
        {
            if (environments.Length != 1)
                throw OperationException.BadInput(
                    $"--outputs needs exactly one environment, not {environments.Length}", "choose it with --env");
            foreach (JProperty property in JObject.FromObject(environments[0], JsonSerializer.Create(CamelCase)).Properties())
                context.Reporter.Line($"{property.Name}={property.Value.ToString(Formatting.None).Trim('"')}");
            return ExitCode.Ok;
        }

        foreach (DeployableEnvironment environment in environments)
            context.Reporter.Line(
                $"{environment.Environment}: {environment.Project} in account {environment.Account}, {environment.Region}; "
                + $"branch {environment.Branch}, GitHub environment "
                    + $"{environment.GitHubEnvironment}{(environment.Production ? ", production" : "")}");
        if (environments.Length == 0)
            context.Reporter.Line($"no environment {(branch is null ? "names a GitHub repository" : $"is deployed by branch {branch}")}");
        return ExitCode.Ok;
    }

    /// <summary>All environments that workflows deploy, production last, so that a change reaches the others first.</summary>
    public IEnumerable<DeployableEnvironment> All() => EnvironmentFile.List(context.Checkout.Root)
        .SelectMany(One)
        .OrderBy(environment => environment.Production)
        .ThenBy(environment => environment.Environment, StringComparer.Ordinal);

    private IEnumerable<DeployableEnvironment> One(string chosen) =>
        DeployableEnvironment.Of(chosen, Load(chosen)) is { } deployable ? [deployable] : [];

    private LoadedEnvironment Load(string chosen)
    {
        LoadResult result = EnvironmentFile.Load(chosen, context.Checkout.Root);
        return result.Environment ?? throw EnvironmentLoader.Invalid(context, chosen, result.Findings);
    }
}

/// <summary>Output format of environments.</summary>
internal enum EnvironmentsForm
{
    /// <summary>One line of text each.</summary>
    Text,

    /// <summary>JSON on one line, for a workflow's matrix.</summary>
    Json,

    /// <summary><c>name=value</c>, for a step's outputs.</summary>
    Outputs,

    /// <summary>A picture as Mermaid.</summary>
    Mermaid,
}
