using Infra.Operations.Output;

namespace Infra.Operations.Terraform;

/// <summary>
/// The state that Terraform writes into the stack's folder if it cannot save it at the end of an apply. Until it is pushed, the saved state
/// does not have what the apply has created. https://developer.hashicorp.com/terraform/cli/commands/state/push
/// </summary>
internal static class UnsavedState
{
    public const string FileName = "errored.tfstate";

    public static bool Exists(StackFolder stack) => File.Exists(FileIn(stack));

    /// <summary>Path of the file.</summary>
    public static string FileIn(StackFolder stack) => Path.Combine(stack.Path, FileName);

    /// <summary>The command that saves it.</summary>
    /// <param name="stack">Stack.</param>
    /// <param name="environment">Options that choose the environment.</param>
    public static string Remedy(StackFolder stack, string environment) =>
        $"the state was not saved; before anything else: ./infra state push {environment} {stack.Name}\n"
            + $"it is in {FileIn(stack)}, and may contain secrets";

    /// <summary>Refuses to run Terraform while there is one.</summary>
    /// <exception cref="OperationException">There is one.</exception>
    public static void Refuse(StackFolder stack, string environment)
    {
        if (Exists(stack))
            throw OperationException.BadInput(
                $"{stack.Name}: an earlier apply could not save its state",
                $"{Remedy(stack, environment)}\nif none of its resources exists any more, delete the file instead");
    }
}
