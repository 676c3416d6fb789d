namespace Infra.Operations.Smoke;

/// <param name="Name">Name of the test.</param>
/// <param name="Failure">What is wrong; null where it passed or was left out.</param>
/// <param name="LeftOut">Why it was not run; null where it was.</param>
/// <param name="Took">How long it took, waiting included.</param>
internal sealed record SmokeResult(string Name, string? Failure, string? LeftOut, TimeSpan Took);
