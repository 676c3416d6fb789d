using Infra.Configuration.Reading;

namespace Infra.Configuration.Validation;

/// <summary>Regions of the standard AWS partition and their zones.</summary>
internal static class Regions
{
    // https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html; letters of all zones that any account has: an
    // account may have fewer, so a letter that is not listed here does not exist for any account.
    private static readonly Dictionary<string, string> ZonesByRegion = new(StringComparer.Ordinal)
    {
        ["af-south-1"] = "abc",
        ["ap-east-1"] = "abc",
        ["ap-east-2"] = "abc",
        ["ap-northeast-1"] = "abcd",
        ["ap-northeast-2"] = "abcd",
        ["ap-northeast-3"] = "abc",
        ["ap-south-1"] = "abc",
        ["ap-south-2"] = "abc",
        ["ap-southeast-1"] = "abc",
        ["ap-southeast-2"] = "abc",
        ["ap-southeast-3"] = "abc",
        ["ap-southeast-4"] = "abc",
        ["ap-southeast-5"] = "abc",
        ["ap-southeast-6"] = "abc",
        ["ap-southeast-7"] = "abc",
        ["ca-central-1"] = "abd",
        ["ca-west-1"] = "abc",
        ["eu-central-1"] = "abc",
        ["eu-central-2"] = "abc",
        ["eu-north-1"] = "abc",
        ["eu-south-1"] = "abc",
        ["eu-south-2"] = "abc",
        ["eu-west-1"] = "abc",
        ["eu-west-2"] = "abc",
        ["eu-west-3"] = "abc",
        ["il-central-1"] = "abc",
        ["me-central-1"] = "abc",
        ["me-south-1"] = "abc",
        ["mx-central-1"] = "abc",
        ["sa-east-1"] = "abc",
        ["us-east-1"] = "abcdef",
        ["us-east-2"] = "abc",
        ["us-west-1"] = "abc",
        ["us-west-2"] = "abcd",
    };

    /// <summary>Letters of the zones of a Region that exists.</summary>
    public static string ZonesOf(string region) => ZonesByRegion[region];

    /// <summary>What is wrong with the name of a Region, with the closest valid one; null if the Region exists.</summary>
    public static string? Unknown(string region)
    {
        if (ZonesByRegion.ContainsKey(region))
            return null;
        if (region.StartsWith("cn-", StringComparison.Ordinal) || region.StartsWith("us-gov-", StringComparison.Ordinal))
            return $"{Scalars.Show(region)} is in another partition, with other ARNs and endpoints, which is not supported";
        string hint = ClosestMatch.Text(region, ZonesByRegion.Keys) is { } near ? $"; nearest: {near}" : "";
        return $"{Scalars.Show(region)} is not an AWS region{hint}";
    }
}
