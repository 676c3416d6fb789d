namespace Infra.Constructs.Schedules;

/// <summary>The Terraform release that builds run; downloaded from HashiCorp and only run with this checksum.</summary>
/// <remarks>
/// From https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_SHA256SUMS. To upgrade, change both values;
/// <c>TerraformBinary.Oldest</c> must not be newer than it.
/// </remarks>
internal static class TerraformRelease
{
    public const string Version = "1.11.4";

    /// <summary>SHA-256 of <c>terraform_1.11.4_linux_arm64.zip</c>.</summary>
    public const string LinuxArm64 = "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633";
}
