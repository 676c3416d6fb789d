namespace Infra.Tests.Emulator;

/// <summary>Result of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its output, both streams.</param>
internal sealed record Run(int ExitCode, string Output);
