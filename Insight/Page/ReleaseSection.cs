using System.Globalization;
using System.Xml.Linq;

namespace Infra.Insight.Page;

/// <summary>Releases, newest first.</summary>
internal static class ReleaseSection
{
    public static XElement Of(EnvironmentReport report) => Html.Section(
        "releases",
        "Releases",
        report.Releases is null
            ? Html.Paragraph("This page was written without AWS, so that it has no releases. ./infra report --releases adds them.")
            : Html.Table(
                "Releases, newest first",
                ["time (UTC)", "application", "version", "image", "by", "result"],
                report.Releases.Select(release => new object[]
                {
                    release.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), release.Application,
                    release.Version, Html.Code(release.Image), release.By ?? "unknown", release.Failed ? "failed, rolled back" : "released",
                })));
}
