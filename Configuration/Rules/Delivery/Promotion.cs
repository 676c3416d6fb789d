using Infra.Configuration.Derived;
using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

/// <summary>Compares a pipeline with its environments; the file of each decides whom it trusts.</summary>
internal static class Promotion
{
    [Rule("delivery/promotion", "A pipeline lists its environments in order, and each of them names the pipeline.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config, EnvironmentFolder folder) =>
        config.Pipeline is { } pipeline ? OfPipeline(config, pipeline, folder) : OfTarget(config, folder);

    private static IEnumerable<RuleViolation> OfTarget(EnvironmentConfig config, EnvironmentFolder folder)
    {
        if (config.DeployedFrom is not { } name)
            yield break;
        SiblingEnvironment? other = folder.Others.FirstOrDefault(o => o.Name == name);
        if (Unusable("deployedFrom", name, other, folder.Names) is { } problem)
            yield return problem;
        else if (other!.Config.Pipeline is not { } pipeline)
            yield return new RuleViolation("deployedFrom", $"{other.File} has no pipeline");
        else if (!pipeline.Promotes.Contains(config.Name))
            yield return new RuleViolation(
                "deployedFrom", $"the pipeline of {other.File} does not promote {config.Name}; add it to pipeline.promotes there", "name");
    }

    private static IEnumerable<RuleViolation> OfPipeline(
        EnvironmentConfig config, PipelineConfig pipeline, EnvironmentFolder folder)
    {
        if (folder.Others.FirstOrDefault(o => o.Config.Pipeline is not null && o.SharesBootstrap(config)) is { } twin)
            yield return new RuleViolation("pipeline",
                $"{twin.File} of the same account and project also has a pipeline; they would share their state", "project", "account");

        var reached = new List<EnvironmentConfig>();
        for (int i = 0; i < pipeline.Promotes.Count; i++)
        {
            string name = pipeline.Promotes[i];
            string path = ConfigPath.Item("pipeline.promotes", i);
            SiblingEnvironment? other = folder.Others.FirstOrDefault(o => o.Name == name);
            RuleViolation? problem = name == config.Name
                ? new RuleViolation(path, "is the pipeline's own environment; it is deployed by hand", "name")
                : Unusable(path, name, other, folder.Names) ?? Unfit(path, config, other!);
            if (problem is not null)
            {
                yield return problem;
                continue;
            }

            foreach (RuleViolation of in Order(path, other!.Config, reached, pipeline).Concat(Images(pipeline, other.Config)))
                yield return of;
            reached.Add(other.Config);
        }
    }

    private static RuleViolation? Unusable(string path, string name, SiblingEnvironment? other, IReadOnlyList<string> beside)
    {
        if (other is null && !beside.Contains(name))
            return new RuleViolation(path, $"there is no {name}.json in the same folder{ClosestMatch.Hint(name, beside)}");
        return other is null || AllRules.Check(Severity.Error, other.Config).Any()
            ? new RuleViolation(path, $"{name}.json in the same folder has findings; fix them first")
            : null;
    }

    private static RuleViolation? Unfit(string path, EnvironmentConfig config, SiblingEnvironment other)
    {
        EnvironmentConfig target = other.Config;
        return target.Pipeline is not null ? new RuleViolation(path, $"{other.File} is a pipeline itself")

                : target.Project != config.Project
                ? new RuleViolation(path, $"{other.File} belongs to project {target.Project}, the pipeline to {config.Project}", "project")

                : target.Emulator != config.Emulator
                ? new RuleViolation(path, $"one of {other.File} and this file uses the emulator, the other an AWS account", "emulator")

                : target.Account == config.Account
                ? new RuleViolation(
                    path, $"{other.File} is in the pipeline's account; a pipeline needs a separate account, so that builds cannot "
                        + "access running environments", "account")

                : target.DeployedFrom != config.Name
                ? new RuleViolation(path, $"{other.File} does not trust it; write \"deployedFrom\": \"{config.Name}\" there", "name")
            : null;
    }

    private static IEnumerable<RuleViolation> Order(
        string path, EnvironmentConfig target, List<EnvironmentConfig> before, PipelineConfig pipeline)
    {
        if (target.Production)
        {
            if (before.Count == 0)
                yield return new RuleViolation(
                    path, $"{target.Name} is production and comes first; no environment would have tested a commit before");
            if (pipeline.ApprovalEmails.Count == 0)
                yield return new RuleViolation(
                    "pipeline", $"approvalEmails is missing: nobody would be asked to approve {target.Name}, which is production", path);
        }
        else if (before.FirstOrDefault(b => b.Production) is { } production)
        {
            yield return new RuleViolation(path, $"comes after {production.Name}, which is production; production comes last");
        }
    }

    private static IEnumerable<RuleViolation> Images(PipelineConfig pipeline, EnvironmentConfig target)
    {
        string[] repositories =
            [.. target.Repositories.Keys.Concat(Application.Of(target).Select(application => application.Repository)).Distinct()];
        foreach ((string repository, PipelineImageConfig image) in pipeline.Images)
        {
            string path = ConfigPath.Join("pipeline.images", repository);
            if (!repositories.Contains(repository))
                yield return new RuleViolation(
                    path, $"{target.Name} has no such repository{ClosestMatch.Known(repository, repositories, "repositories there")}",
                    "pipeline.promotes");
            foreach (Application application in Application.Of(target))
                if (application.Repository == repository && application.Architecture != image.Architecture)
                    yield return new RuleViolation(
                        $"{path}.architecture",
                        $"is {image.Architecture.Text()}; {application.Kind} {application.Name} of {target.Name} runs on "
                            + $"{application.Architecture.Text()}", "pipeline.promotes");
        }
    }
}
