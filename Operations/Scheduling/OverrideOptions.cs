using System.CommandLine;

namespace Infra.Operations.Scheduling;

/// <summary>The option with the end of an override.</summary>
internal sealed class UntilOption : Option<string?>
{
    public UntilOption() : base("--until")
    {
        Description = "End of the override: 22:00, 2026-12-01T22:00 (schedule's zone), 2026-12-01T22:00Z";
        HelpName = "TIME";
    }
}

/// <summary>The option with the duration of an override.</summary>
internal sealed class ForOption : Option<double?>
{
    public ForOption() : base("--for")
    {
        Description = "Duration of the override in hours";
        HelpName = "HOURS";
    }
}
