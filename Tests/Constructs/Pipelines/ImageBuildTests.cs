using System.Diagnostics;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Pipelines;

/// <summary>
/// Runs the commands of the image build with bash and a fake docker whose registry is a folder: an image is tagged with its commit
/// (decision 14), and building a commit again uses the existing image.
/// </summary>
internal sealed class ImageBuildTests
{
    private const string Beta = "111111111111.dkr.ecr.us-east-2.amazonaws.com/beta-awslegalpoc-streamlit";
    private const string Production = "222222222222.dkr.ecr.us-east-2.amazonaws.com/awslegalpoc-streamlit";
    private const string Commit = "3f0c3f0c3f0c3f0c3f0c3f0c3f0c3f0c3f0c3f0c";
    private const string Built = "sha256:built", Earlier = "sha256:earlier";

    // Stores a file with the digest for each tag; rejects moving a tag, like a repository with immutable tags.
    private const string Docker = """
        #!/usr/bin/env bash
        echo "docker $*" >> "$REGISTRY/calls"
        file() { echo "$REGISTRY/$(echo "$1" | tr '/:' '__')"; }
        put() { if [ -e "$(file "$1")" ]; then echo "tag is immutable: $1" >&2; exit 1; fi; echo "$2" > "$(file "$1")"; }
        case "$*" in
          "buildx imagetools inspect "*) cat "$(file "$4")" ;;
          "buildx imagetools create "*) put "$6" "${7#*@}" ;;
          "buildx build "*)
            while [ $# -gt 0 ]; do
              case "$1" in
                --tag) put "$2" sha256:built ;;
                --metadata-file) echo '{ "containerimage.digest": "sha256:built" }' > "$2" ;;
              esac
              shift
            done ;;
        esac
        """;

    private const string Jq = """
        #!/usr/bin/env bash
        sed -n 's/.*"containerimage.digest": "\([^"]*\)".*/\1/p' "$3"
        """;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _folder.Write("docker", Docker, executable: true);
        _folder.Write("jq", Jq, executable: true);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test, Property("Finding", "C13"), Property("Row", "L3")]
    public void NewCommit_IsBuiltOnce_AndTaggedWithTheCommit()
    {
        Assert.That(Run(), Is.EqualTo(Built));
        Assert.That(new[] { DigestOf(Beta), DigestOf(Production) }, Is.All.EqualTo(Built));
    }

    [Test, Property("Finding", "C13")]
    public void ExistingCommit_IsNotBuiltAgain()
    {
        Put(Beta);
        Put(Production);

        Assert.That(Run(), Is.EqualTo(Earlier));
        Assert.That(Calls, Has.None.Contains("docker buildx build").And.None.Contains("imagetools create"));
    }

    [TestCase(Beta, Production)]
    [TestCase(Production, Beta)]
    [Property("Finding", "C13")]
    public void CommitThatReachedOneAccount_IsCopiedToTheOther(string there, string missing)
    {
        Put(there);

        Assert.That(Run(), Is.EqualTo(Earlier));
        Assert.That(DigestOf(missing), Is.EqualTo(Earlier));
        Assert.That(
            Calls, Has.One.EqualTo($"docker buildx imagetools create --prefer-index=false --tag {missing}:{Commit} {there}@{Earlier}"));
    }

    private string[] Calls =>
        [.. File.ReadAllLines(Path.Combine(_folder.Path, "calls")).Where(call => call.Contains("-streamlit", StringComparison.Ordinal))];

    private string FileOf(string repository) => Path.Combine(_folder.Path, $"{repository}:{Commit}".Replace('/', '_').Replace(':', '_'));

    private void Put(string repository) => File.WriteAllText(FileOf(repository), $"{Earlier}\n");

    private string DigestOf(string repository) => File.ReadAllText(FileOf(repository)).Trim();

    /// <summary>Runs the build phase and returns the digest that it passes to the deployments.</summary>
    private string Run()
    {
        string text = (string)Example.AgentTools.Deployment["pipeline"]
            .Resource("aws_codebuild_project", "build-images-arm64")["source"]!["buildspec"]!;
        // $${ is Terraform's escape for ${.
        JObject buildspec = JObject.Parse(text.Replace("$${", "${", StringComparison.Ordinal));
        // CodeBuild runs the commands of a phase in one shell, and stops at the first failure.
        string script = string.Join('\n', buildspec["phases"]!["build"]!["commands"]!.Values<string>());
        var start = new ProcessStartInfo("bash", ["-e", "-c", script]) { WorkingDirectory = _folder.Path, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["REGISTRY"] = _folder.Path;
        start.Environment["CODEBUILD_RESOLVED_SOURCE_VERSION"] = Commit;
        start.Environment["CODEBUILD_BUILD_NUMBER"] = "7";
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error);
        return File.ReadAllLines(Path.Combine(_folder.Path, "images.env"))
            .Single(line => line.StartsWith("streamlit=", StringComparison.Ordinal))["streamlit=".Length..];
    }
}
