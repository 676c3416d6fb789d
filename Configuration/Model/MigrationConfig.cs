using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// What a release runs once with the new image before the new version serves: changes of the database's structure, and the
/// application's user. Its variables are the service's and its own.
/// </summary>
public sealed record MigrationConfig : IVariables
{
    [Description("Command, program and arguments; ends with 0 where all went well.")]
    [MinLength(1), Repeats]
    public required IReadOnlyList<string> Command { get; init; }

    [Description("Minutes after which a release gives it up as failed.")]
    [Range(1, 120)]
    public int TimeoutMinutes { get; init; } = 15;

    [Description("CPU units. Default: the service's.")]
    [AllowedValues(256, 512, 1024, 2048, 4096, 8192, 16384, ErrorMessage = "a Fargate CPU size")]
    public int? Cpu { get; init; }

    [Description("Memory in MiB. Default: the service's.")]
    public int? MemoryMiB { get; init; }

    [Description("Environment variables with plain values, beside or instead of the service's.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Parameter Store at start, beside or instead of the service's.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Secrets Manager at start, beside or instead of the service's; database-master has the master user's name and password.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
