using Infra.Contracts;
using Infra.Operations.Workspace;

namespace Infra.Operations.Emulator;

/// <summary>
/// The shared AWS configuration through which Terraform reaches the emulator. It names profile and files in the JSON instead of
/// variables, so that Terraform and cdktf run by hand need nothing set, and the port may change between runs.
/// </summary>
internal static class EmulatorProfiles
{
    private const string Name = "emulator";

    /// <summary>Where the profile of an account is, whether it is written or not.</summary>
    /// <param name="checkout">Checkout whose work folder holds it.</param>
    /// <param name="account">Account.</param>
    /// <param name="session">Credentials of a role; none means the account's administrator.</param>
    public static EmulatorProfile Of(Checkout checkout, string account, EmulatorSession? session = null)
    {
        string folder = Path.Combine(checkout.Emulator, "profiles", session is null ? account : $"{account}-session");
        return new EmulatorProfile(Name, Path.Combine(folder, "config"), Path.Combine(folder, "credentials"));
    }

    /// <summary>Writes the profile for the port that the emulator has now.</summary>
    public static EmulatorProfile Write(Checkout checkout, string account, string region, Uri url, EmulatorSession? session = null)
    {
        EmulatorProfile profile = Of(checkout, account, session);
        Directory.CreateDirectory(Path.GetDirectoryName(profile.ConfigFile)!);
        WriteWhole(profile.ConfigFile, $"""
            [profile {Name}]
            region = {region}
            endpoint_url = {url.ToString().TrimEnd('/')}
            {(session is null ? "" : CredentialsOfTheEnvironment + "\n")}
            """);
        // The emulator takes any secret; an account's number as the key's id stands for its administrator.
        WriteWhole(profile.CredentialsFile, session is not null ? "" : $"""
            [{Name}]
            aws_access_key_id = {account}
            aws_secret_access_key = emulator

            """);
        return profile;
    }

    // A saved plan names these files, and is applied by another role than the one that made it: as on GitHub, the credentials are those of the job's environment.
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
    private const string CredentialsOfTheEnvironment =
        """credential_process = printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s","SessionToken":"%s"}' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN" """;

    // Another process may be reading: never a half-written file.
    private static void WriteWhole(string file, string text)
    {
        string temporary = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(temporary, text);
        File.Move(temporary, file, overwrite: true);
    }
}
