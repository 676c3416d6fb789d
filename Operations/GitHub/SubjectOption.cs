using System.CommandLine;

namespace Infra.Operations.GitHub;

/// <summary>The option with the subject of a comment or an issue.</summary>
internal sealed class SubjectOption : Option<string>
{
    public SubjectOption() : base("--subject")
    {
        Description = "Subject; a second comment or issue on the same subject replaces the first";
        HelpName = "TEXT";
        Required = true;
    }
}
