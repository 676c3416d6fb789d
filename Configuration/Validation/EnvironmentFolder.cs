using Infra.Configuration.Model;

namespace Infra.Configuration.Validation;

/// <summary>The folder of an environment's file.</summary>
/// <param name="File">Path of the environment's file.</param>
/// <param name="Others">Other environments of the folder that can be read.</param>
/// <param name="Names">Names of all other files of the folder.</param>
internal sealed record EnvironmentFolder(string File, IReadOnlyList<SiblingEnvironment> Others, IReadOnlyList<string> Names);

/// <summary>Another environment file of the same folder.</summary>
internal sealed record SiblingEnvironment(string File, EnvironmentConfig Config)
{
    /// <summary>Its file without folder and extension, by which others name it.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>Whether it shares one bootstrap stack with an environment: the same project in the same account.</summary>
    public bool SharesBootstrap(EnvironmentConfig config) =>
        (config.Project, config.Account, config.Emulator) == (Config.Project, Config.Account, Config.Emulator);
}
