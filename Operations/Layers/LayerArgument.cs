using System.CommandLine;

namespace Infra.Operations.Layers;

/// <summary>The argument with the name of a layer.</summary>
internal sealed class LayerArgument : Argument<string>
{
    public LayerArgument() : base("NAME") => Description = "Layer: a name in layers of the environment file, or its component";
}
