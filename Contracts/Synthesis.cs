using Infra.Configuration;
using Infra.Configuration.Findings;

namespace Infra.Contracts;

/// <summary>
/// Turns an environment into <c>{OutDir}/stacks/{stack}/cdk.tf.json</c> and <c>{OutDir}/manifest.json</c>, laid out as cdktf does.
/// Passed in by <c>Main.cs</c>, so that nothing here knows a cdktf type.
/// </summary>
public delegate SynthesisResult Synthesize(SynthesisRequest request);

/// <param name="Environment">Environment to synthesize; all of its stacks are.</param>
/// <param name="OutDir">Absolute path of the output folder.</param>
/// <param name="Emulator">How Terraform reaches the local AWS; none means a real account.</param>
public sealed record SynthesisRequest(LoadedEnvironment Environment, string OutDir, EmulatorProfile? Emulator);

/// <param name="Findings">What is wrong; empty means that everything was written.</param>
public sealed record SynthesisResult(IReadOnlyList<Finding> Findings);

/// <summary>
/// Shared AWS configuration that leads backend, remote state and provider to the emulator. The paths are fixed per checkout and
/// account, so that a stack synthesizes to the same JSON whatever port the emulator has; the files may not exist yet.
/// </summary>
/// <param name="Name">Name of the profile.</param>
/// <param name="ConfigFile">Absolute path of the file with its region and endpoint.</param>
/// <param name="CredentialsFile">Absolute path of the file with its keys; the key id is the account.</param>
public sealed record EmulatorProfile(string Name, string ConfigFile, string CredentialsFile);
