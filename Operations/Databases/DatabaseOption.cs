using System.CommandLine;

namespace Infra.Operations.Databases;

/// <summary>The option that chooses a database.</summary>
internal sealed class DatabaseOption : Option<string?>
{
    public DatabaseOption() : base("--database")
    {
        Description = "Database: its name in databases, or its identifier. Default: the only one";
        HelpName = "NAME";
    }
}
