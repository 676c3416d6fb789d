using Infra.Configuration.Extensions;
using Infra.Configuration.Model;
using Infra.Constructs.Extensions;
using Infra.Contracts;

namespace Infra.Stacks;

/// <summary>Adds the resources of the extensions that an environment lists, in alphabetical order.</summary>
internal static class EnvironmentExtensions
{
    public static void AddToBase(AwsStack stack, EnvironmentConfig config, ExtensionScopeProps props, OutputWriter outputs)
    {
        foreach ((string name, ExtensionConfig section) in config.Extensions.OrderBy(each => each.Key, StringComparer.Ordinal))
            ExtensionRegistry.Of(name).AddToBase(new BaseExtensionScope(stack, name, props, outputs), section);
    }

    public static void AddToRuntime(AwsStack stack, EnvironmentConfig config, ExtensionScopeProps props, IOutputChannel outputs)
    {
        foreach ((string name, ExtensionConfig section) in config.Extensions.OrderBy(each => each.Key, StringComparer.Ordinal))
            ExtensionRegistry.Of(name).AddToRuntime(new RuntimeExtensionScope(stack, name, props, outputs), section);
    }
}
