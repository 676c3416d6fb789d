using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>Autoscaling goes from min to max, and begins between them.</summary>
internal static class Scaling
{
    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            if (service.Autoscaling is not { } scaling)
                continue;
            string path = ConfigPath.Join("services", name);
            string min = $"{path}.autoscaling.min";
            string max = $"{path}.autoscaling.max";
            if (scaling.Min > scaling.Max)
                yield return new Problem(min, $"{scaling.Min} is more than max, {scaling.Max}", max);
            else if (service.Desired < scaling.Min || service.Desired > scaling.Max)
                yield return new Problem(
                    $"{path}.desired",
                    $"{service.Desired} is not from autoscaling's min to max, {scaling.Min} to {scaling.Max}; nearest: {Math.Clamp(service.Desired, scaling.Min, scaling.Max)}",
                    min, max);
        }
    }
}
