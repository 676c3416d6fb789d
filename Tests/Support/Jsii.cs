using Infra.Contracts;
using Infra.Stacks;

namespace Infra.Tests.Support;

/// <summary>Synthesizes one environment at a time, because jsii's client is not thread-safe.</summary>
internal static class Jsii
{
    private static readonly Lock Kernel = new();

    public static SynthesisResult Synthesize(SynthesisRequest request)
    {
        lock (Kernel)
            return StackSynthesizer.Synthesize(request);
    }

    public static T Use<T>(Func<T> action)
    {
        lock (Kernel)
            return action();
    }
}
