namespace Infra.Operations.LocalAws;

/// <summary>Commands of a shell that set the variables with which AWS's CLI and SDKs use the emulator.</summary>
/// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html#EVarSettings</remarks>
internal static class EmulatorVariables
{
    public const string Bash = "bash";

    public const string PowerShell = "powershell";

    public static readonly IReadOnlyList<string> Shells = [Bash, PowerShell];

    // A session token or a profile would be used in addition to the keys, or instead of them.
    private static readonly string[] Unset = ["AWS_PROFILE", "AWS_SESSION_TOKEN"];

    /// <param name="url">Address of the emulator.</param>
    /// <param name="account">Account; as the access key ID it means the account's administrator.</param>
    /// <param name="region">Region.</param>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static IEnumerable<string> Of(Uri url, string account, string region, string shell)
    {
        (string Name, string Value)[] set =
        [
            ("AWS_ENDPOINT_URL", url.ToString().TrimEnd('/')),
            ("AWS_REGION", region),
            ("AWS_DEFAULT_REGION", region),
            ("AWS_ACCESS_KEY_ID", account),
            ("AWS_SECRET_ACCESS_KEY", "emulator"),
        ];
        return shell == PowerShell
            ? [.. set.Select(each => $"$env:{each.Name} = '{each.Value}'"),
                .. Unset.Select(name => $"Remove-Item Env:{name} -ErrorAction SilentlyContinue")]
            : [.. set.Select(each => $"export {each.Name}='{each.Value}'"), $"unset {string.Join(' ', Unset)}"];
    }
}
