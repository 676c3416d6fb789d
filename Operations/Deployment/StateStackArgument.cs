using System.CommandLine;
using Infra.Contracts;

namespace Infra.Operations.Deployment;

/// <summary>The argument with the stack whose state is listed or restored.</summary>
internal sealed class StateStackArgument : Argument<string>
{
    public StateStackArgument() : base("STACK") =>
        Description = $"{StackNames.Base}, {StackNames.Runtime} or {StackNames.Bootstrap}";
}
