using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Containers;

/// <summary>
/// Permissions to invoke Bedrock models. An inference profile requires permissions on the profile and on its model in every Region that it
/// routes requests to; the model can only be invoked through the profile.
/// https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
/// https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
/// </summary>
internal static class ModelPermissions
{
    private static readonly string[] Invoke = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];

    /// <param name="context">The deployment.</param>
    /// <param name="ids">Ids of foundation models and inference profiles.</param>
    public static IEnumerable<Statement> Of(DeploymentContext context, IReadOnlyList<string> ids)
    {
        string[] sorted = [.. ids.Order(StringComparer.Ordinal)];
        // Foundation models belong to AWS: their ARNs have no account id.
        string[] models = [.. sorted.Where(id => InferenceProfiles.ModelOf(id) is null).Select(id => Model(context.Region, id))];
        string[] profiles =
            [.. sorted.Where(id => InferenceProfiles.ModelOf(id) is not null)
                .Select(id => context.Arn("bedrock", $"inference-profile/{id}"))];
        if (models.Length > 0)
            yield return new Statement { Sid = "Models", Actions = Invoke, Resources = models };
        if (profiles.Length == 0)
            yield break;
        yield return new Statement { Sid = "InferenceProfiles", Actions = Invoke, Resources = profiles };
        yield return new Statement
        {
            Sid = "ModelsOfProfiles",
            Actions = Invoke,
            // Any Region, because AWS adds destination Regions to profiles; also an empty Region, which a global profile uses for its
            // model.
            Resources =
                [.. sorted.Select(InferenceProfiles.ModelOf)
                    .OfType<string>()
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(model => Model("*", model))],
            Conditions = [new Condition("StringEquals", "bedrock:InferenceProfileArn", profiles)],
        };
    }

    private static string Model(string region, string id) => $"arn:aws:bedrock:{region}::foundation-model/{id}";
}
