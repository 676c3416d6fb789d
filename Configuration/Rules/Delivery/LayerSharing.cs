using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class LayerSharing
{
    [Rule("delivery/layer-sharing", "A layer is shared only with other accounts: functions of its own account may use it anyway.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, LayerConfig layer) in config.Layers)
            for (int i = 0; i < layer.SharedWith.Count; i++)
                if (layer.SharedWith[i] == config.Account)
                    yield return new RuleViolation(
                        ConfigPath.Item($"{ConfigPath.Join("layers", name)}.sharedWith", i),
                        $"{config.Account} is the environment's own account, whose functions may use the layer anyway; leave it out",
                        "account");
    }
}
