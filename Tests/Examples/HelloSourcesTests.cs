using System.Text.RegularExpressions;
using System.Xml.Linq;
using Infra.Configuration.Model;
using Infra.Constructs.Discovery;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Examples;

internal sealed partial class HelloSourcesTests
{
    /// <summary>
    /// The sample reads only variables that every service with a bucket gets, and those of docs/discovery.md: port and address of the local
    /// AWS.
    /// </summary>
    [Test, Property("Row", "H8")]
    public void EveryVariableThatItReads_IsDocumented()
    {
        string[] read =
            [.. Directory.GetFiles(HelloProcess.Sources, "*.cs").SelectMany(file => Variable().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups[1].Value)];
        IEnumerable<string> promised = DiscoveryVariables.With(
            SynthesizedStack.Context(), "hello", new ServiceConfig { Uses = new UsesConfig { Buckets = ["data:readwrite"] } },
            new Dictionary<string, string>()).Keys;

        // The general name is enough for one bucket.
        Assert.That(read, Is.EquivalentTo(promised.Except(["S3_BUCKET_DATA"]).Concat(["PORT", "AWS_ENDPOINT_URL"])));
    }

    [Test]
    public void ItsPackage_HasTheVersionOfAllOthers()
    {
        static string Version(string file, string element) => (string)XDocument.Load(file).Descendants(element)
            .Single(package => (string?)(package.Attribute("Update") ?? package.Attribute("Include")) == "AWSSDK.S3"
                && package.Attribute("Version") is not null).Attribute("Version")!;

        Assert.That(
            Version(Path.Combine(HelloProcess.Sources, "Hello.csproj"), "PackageReference"),
            Is.EqualTo(Version(Path.Combine(Emulator.Sandbox.Root, "Directory.Packages.props"), "PackageVersion")));
    }

    [GeneratedRegex("\"([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*)\"")]
    private static partial Regex Variable();
}
