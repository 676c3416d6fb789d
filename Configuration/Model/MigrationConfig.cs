using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A command that a release runs once with the new image, before the new version receives requests: it changes the database schema and
/// creates the application's user. It has the service's variables and its own.
/// </summary>
public sealed record MigrationConfig : IVariables
{
    [Description("Command: program and arguments; exits with 0 on success.")]
    [MinLength(1), Repeats]
    public required IReadOnlyList<string> Command { get; init; }

    [Description("Minutes after which the migration is stopped and counts as failed.")]
    [Range(1, 120)]
    public int TimeoutMinutes { get; init; } = 15;

    [Description("CPU units. Default: the service's.")]
    [AllowedValues(256, 512, 1024, 2048, 4096, 8192, 16384, ErrorMessage = "a Fargate CPU size")]
    public int? Cpu { get; init; }

    [Description("Memory in MiB. Default: the service's.")]
    public int? MemoryMiB { get; init; }

    [Description("Environment variables with plain-text values, in addition to the service's or instead of them.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Parameter Store at start, in addition to the service's or instead of them.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description(
        "Environment variables read from Secrets Manager at start, in addition to the service's or instead of them; database-master has "
            + "the master user's name and password.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
