using Infra.Operations.Workspace;

namespace Infra.Operations.Emulator;

/// <summary>
/// The shared AWS configuration through which Terraform reaches the emulator. It names profile and files in the JSON instead of
/// variables, so that Terraform and cdktf run by hand need nothing set, and the port may change between runs.
/// </summary>
internal static class EmulatorProfiles
{
    private const string Name = "emulator";

    /// <summary>Where the profile of an account lies, whether it is written or not.</summary>
    public static EmulatorProfile Of(Checkout checkout, string account)
    {
        string folder = Path.Combine(checkout.Emulator, "profiles", account);
        return new EmulatorProfile(Name, Path.Combine(folder, "config"), Path.Combine(folder, "credentials"));
    }

    /// <summary>Writes the profile for the port that the emulator has now.</summary>
    public static EmulatorProfile Write(Checkout checkout, string account, string region, Uri url)
    {
        EmulatorProfile profile = Of(checkout, account);
        Directory.CreateDirectory(Path.GetDirectoryName(profile.ConfigFile)!);
        WriteWhole(profile.ConfigFile, $"""
            [profile {Name}]
            region = {region}
            endpoint_url = {url.ToString().TrimEnd('/')}

            """);
        // The emulator takes any secret; the account is the key's id.
        WriteWhole(profile.CredentialsFile, $"""
            [{Name}]
            aws_access_key_id = {account}
            aws_secret_access_key = emulator

            """);
        return profile;
    }

    // Another process may be reading: never a half-written file.
    private static void WriteWhole(string file, string text)
    {
        string temporary = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(temporary, text);
        File.Move(temporary, file, overwrite: true);
    }
}
