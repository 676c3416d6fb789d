using Infra.Configuration;
using Infra.Configuration.Findings;

namespace Infra.Contracts;

/// <summary>
/// Synthesizes an environment to <c>{OutDir}/stacks/{stack}/cdk.tf.json</c> and <c>{OutDir}/manifest.json</c>, in cdktf's layout. Passed in
/// by
/// <c>Main.cs</c>, so that nothing here depends on cdktf types.
/// </summary>
public delegate SynthesisResult Synthesize(SynthesisRequest request);

/// <param name="Environment">Environment to synthesize, with all of its stacks.</param>
/// <param name="OutDir">Absolute path of the output folder.</param>
/// <param name="Emulator">How Terraform reaches the local AWS; none means a real account.</param>
public sealed record SynthesisRequest(LoadedEnvironment Environment, string OutDir, EmulatorProfile? Emulator);

/// <param name="Findings">Findings; if empty, everything was written.</param>
public sealed record SynthesisResult(IReadOnlyList<Finding> Findings);

/// <summary>
/// Shared AWS configuration with which backend, remote state and provider use the emulator. The paths are fixed per checkout and account,
/// so that the synthesized JSON does not depend on the emulator's port; the files may not exist yet.
/// </summary>
/// <param name="Name">Name of the profile.</param>
/// <param name="ConfigFile">Absolute path of the file with Region and endpoint.</param>
/// <param name="CredentialsFile">Absolute path of the file with its keys; the key id is the account.</param>
/// <param name="Protected">
/// Whether an environment that is not disposable is not disposable on the emulator either, so that its protection can be tried.
/// </param>
public sealed record EmulatorProfile(string Name, string ConfigFile, string CredentialsFile, bool Protected = false);
