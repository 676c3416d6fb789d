namespace Infra.Operations.Smoke;

/// <param name="Name">Name of the test.</param>
/// <param name="Failure">The failure; null if it passed or was skipped.</param>
/// <param name="LeftOut">Why it was skipped; null if it was run.</param>
/// <param name="Took">How long it took, including waiting.</param>
internal sealed record SmokeResult(string Name, string? Failure, string? LeftOut, TimeSpan Took);
