using System.CommandLine;

namespace Infra.Operations.Releases;

/// <summary>The argument with the name of a service or an agent.</summary>
internal sealed class ServiceArgument : Argument<string>
{
    public ServiceArgument() : base("SERVICE") => Description = "Service or agent: a name in services or agents";
}
