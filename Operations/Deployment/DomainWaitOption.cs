using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Infra.Operations.Domains;

namespace Infra.Operations.Deployment;

/// <summary>How long to wait for the DNS records of a new domain.</summary>
internal sealed class DomainWaitOption : Option<TimeSpan?>
{
    private static readonly int Most = (int)DomainDelegation.Longest.TotalMinutes;

    public DomainWaitOption(string name) : base(name)
    {
        Description = $"Minutes to wait for the DNS records of a new domain; default: {Most} in a terminal, otherwise 0";
        HelpName = "MINUTES";
        CustomParser = Read;
    }

    private static TimeSpan? Read(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) && minutes <= Most)
            return TimeSpan.FromMinutes(minutes);
        result.AddError($"\"{typed}\" is not a number of minutes; allowed: 0 to {Most}");
        return null;
    }
}
