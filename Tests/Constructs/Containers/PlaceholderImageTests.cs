using Infra.Constructs.Containers;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class PlaceholderImageTests
{
    [Test, Property("Row", "T11"), Property("Row", "S3")]
    public void Image_IsTheReleasedDigest_AndAPlaceholderBefore() =>
        Assert.That(
            PlaceholderImage.Image("local.digest", "${repo.url}"),
            Is.EqualTo($"local.digest == \"none\" ? \"{PlaceholderImage.Public}\" : \"${{repo.url}}@${{local.digest}}\""));

    [Test, Property("Row", "T11")]
    public void Command_IsThePlaceholdersAlone_AndListensOnThePort()
    {
        string command = PlaceholderImage.Command("local.digest", 3000);

        Assert.Multiple(() =>
        {
            Assert.That(command, Does.StartWith("local.digest == \"none\" ? [\"python\",\"-c\",\""));
            Assert.That(command, Does.Contain("ThreadingHTTPServer(('', 3000), Placeholder)"));
            Assert.That(command, Does.EndWith(" : null"), "an image of one's own has a command of its own");
        });
    }
}
