using System.CommandLine;
using System.Reflection;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.Verbs;

/// <summary>
/// A verb of the launcher. A derived class declares name, description and examples, has its options and arguments as fields, in the
/// order of the help, and runs in <see cref="RunAsync"/>.
/// </summary>
internal abstract class Verb : CommandWithExamples
{
    protected Verb(string name, string description, params IReadOnlyList<string> examples) : base(name, description, examples)
    {
        // The fields of a derived class are initialized before this constructor runs.
        foreach (FieldInfo field in GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).OrderBy(each => each.MetadataToken))
        {
            if (field.GetValue(this) is Option option)
                Options.Add(option);
            else if (field.GetValue(this) is Argument argument)
                Arguments.Add(argument);
        }
    }

    /// <summary>The shared options that the verb uses; its help lists only these.</summary>
    public virtual IReadOnlyList<Option> AppliedOptions => SharedOptions.All;

    /// <summary>Sets the context in which the verb runs.</summary>
    public void SetContext(RunContext context) => SetAction(async (parsed, _) => (int)await RunAsync(new Invocation(context, parsed)));

    protected abstract Task<ExitCode> RunAsync(Invocation invocation);
}
