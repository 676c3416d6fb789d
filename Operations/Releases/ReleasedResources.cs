using Infra.Insight;

namespace Infra.Operations.Releases;

/// <summary>
/// The resources of runtime that change with a service's image: task definitions that read the ledger, and their dependents.
/// </summary>
internal static class ReleasedResources
{
    /// <summary>Addresses, in order.</summary>
    public static IReadOnlyList<string> Of(StackJson runtime, string service)
    {
        string ledger = $"data.aws_ssm_parameter.release_{service}";
        string[] definitions = Naming(runtime, ledger);
        return definitions.Concat(definitions.SelectMany(definition => Naming(runtime, definition)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
    }

    private static string[] Naming(StackJson runtime, string address) =>
        runtime.Resources.Where(resource => runtime.ReferencesOf(resource.Arguments).Any(reference => reference.Address == address))
            .Select(resource => resource.Address).ToArray();
}
