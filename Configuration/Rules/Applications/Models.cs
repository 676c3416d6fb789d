using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Applications;

internal static class Models
{
    [Rule("applications/models", "An inference profile is invoked only from a Region of its geography.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach (Application application in Application.Of(config))
            for (int i = 0; i < application.Uses.Models.Count; i++)
                if (InferenceProfiles.WrongGeography(application.Uses.Models[i], config.Region) is { } geography)
                    yield return new RuleViolation(
                        ConfigPath.Item($"{application.Path}.uses.models", i),
                        $"{Scalars.Show(application.Uses.Models[i])} is an inference profile of {geography}, which cannot be invoked "
                            + $"from {config.Region}; use the profile of that Region's geography, or a global one",
                        "region");
    }
}
