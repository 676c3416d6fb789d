using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Pipelines;

/// <summary>
/// Build specifications of a pipeline: little more than calls of <c>./infra</c>, so that the same can be run locally. As JSON, which is
/// valid YAML. https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
/// </summary>
internal static class Buildspecs
{
    /// <summary>File with the digest of each image, in the output artifact of an image build.</summary>
    private const string DigestFile = "images.env";

    private const string Synthesized = "synthesized";

    /// <summary>Tests the commit, with its applications, and synthesizes the Terraform JSON of each environment.</summary>
    public static string Check(IReadOnlyList<PipelineTarget> targets, IReadOnlyList<string> tests) => Spec(
        tools: true,
        [],
        [
            "./infra test --fast",
            // In a subshell each: a build runs its commands in one shell, and a change of the folder would stay.
            .. tests.Select(test => $"({test})"),
            .. targets.Select(target => $"./infra synth --env {target.File} --out {Synthesized}/{target.Name}"),
        ],
        // The provider binary is linked into each stack's folder; it is downloaded where it is used.
        Result(Synthesized, "**/cdk.tf.json", "**/manifest.json"));

    /// <summary>Builds each image once and pushes it to every environment; the digest identifies what was built.</summary>
    public static string Images(IEnumerable<KeyValuePair<string, PipelineImageConfig>> images, IReadOnlyList<PipelineTarget> targets) =>
        Spec(
        tools: false,
        [
            Profiles([.. targets.Select(target => new AwsProfile(target.Name, target.PushRoleArn, target.Region))]),
            .. targets.Select(target =>
                $"aws ecr get-login-password --profile {target.Name} | docker login --username AWS --password-stdin {target.Registry}"),
            // Docker's default builder pushes to one registry at a time, and may compress the layers differently for each. The builder's
            // image comes from ECR Public: Docker Hub limits unauthenticated pulls by IP address, and builds share theirs with others.
            // https://docs.docker.com/docker-hub/usage/pulls/
            "docker buildx create --use --driver-opt image=public.ecr.aws/vend/moby/buildkit:buildx-stable-1",
        ],
        [
            "tag=\"$CODEBUILD_RESOLVED_SOURCE_VERSION\"",
            .. images.OrderBy(image => image.Key, StringComparer.Ordinal)
                .SelectMany((image, i) => Image(image.Key, image.Value, i, targets)),
        ],
        Result(null, DigestFile));

    /// <summary>
    /// Finds or builds one image. Tags are immutable, so if a commit is built again, the existing image is used; where an execution ended
    /// between two accounts, the second account gets a copy of the first one's image, which has the same digest.
    /// </summary>
    private static IEnumerable<string> Image(string name, PipelineImageConfig image, int number, IReadOnlyList<PipelineTarget> targets)
    {
        string[] urls = [.. targets.Select(target => target.RepositoryUrl(name))];
        string all = string.Join(' ', urls);
        yield return "from=\"\"";
        yield return $"for url in {all}; do"
            + " if digest=\"$(docker buildx imagetools inspect \"$url:$tag\" --format '{{.Manifest.Digest}}' 2>/dev/null)\"; then "
                + "from=\"$url\"; break; fi; done";
        yield return $"if [ -z \"$from\" ]; then docker buildx build --push --provenance=false --metadata-file image-{number}.json"
            + $" --file {image.Context}/{image.Dockerfile}{string.Concat(urls.Select(url => $" --tag {url}:$tag"))} {image.Context}"
            + $" && digest=\"$(jq -er '.\"containerimage.digest\"' image-{number}.json)\"; fi";
        // Without the option a single manifest would be wrapped in an index, which has another digest.
        // https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/#prefer-index
        yield return $"if [ -n \"$from\" ]; then (set -e; for url in {all}; do docker buildx imagetools inspect \"$url:$tag\" "
            + ">/dev/null 2>&1"
            + " || docker buildx imagetools create --prefer-index=false --tag \"$url:$tag\" \"$from@$digest\"; done); fi";
        yield return $"printf '{name}=%s\\n' \"$digest\" >> {DigestFile}";
    }

    /// <summary>Deploys the commit to an environment, then releases each service's image.</summary>
    /// <param name="target">Environment.</param>
    /// <param name="images">Repositories whose images were built, and the artifact that names their digests.</param>
    public static string Deploy(PipelineTarget target, IEnumerable<KeyValuePair<string, string>> images) => Spec(
        tools: true,
        [Profiles(new AwsProfile(target.Name, target.DeployRoleArn, target.Region))],
        [
            $"./infra deliver {Of(target)} --yes --skip-smoke" + Digests(
                images.Where(image => target.Services[image.Key].Any()).Select(image => image.Value)),
        ]);

    /// <summary>The options with the digests to release; without any, nothing is released.</summary>
    private static string Digests(IEnumerable<string> artifacts)
    {
        string[] files =
            [.. artifacts.Distinct().Order(StringComparer.Ordinal).Select(artifact => $"\"$CODEBUILD_SRC_DIR_{artifact}/{DigestFile}\"")];
        return files.Length == 0 ? " --skip-images" : string.Concat(files.Select(file => $" --digests {file}"));
    }

    /// <summary>Runs the smoke tests of an environment.</summary>
    public static string Smoke(PipelineTarget target) => Spec(
        tools: true,
        [Profiles(new AwsProfile(target.Name, target.DeployRoleArn, target.Region))],
        [$"./infra smoke {Of(target)}"]);

    private static string Of(PipelineTarget target) => $"--env {target.File} --profile {target.Name}";

    // The role is assumed with the build's own credentials, which the container provides and renews; no secret is written to a file.
    private static string Profiles(params IReadOnlyList<AwsProfile> profiles) =>
        $"mkdir -p ~/.aws && printf '%s\\n'{string.Concat(profiles.SelectMany(profile => profile.Lines).Select(line => $" '{line}'"))} "
            + "> ~/.aws/config";

    private static JObject Result(string? folder, params string[] files)
    {
        var result = new JObject { ["files"] = new JArray(files) };
        if (folder is not null) result["base-directory"] = folder;
        return result;
    }

    private static string Spec(bool tools, string[] before, string[] commands, JObject? result = null)
    {
        var phases = new JObject();
        if (tools)
            phases["install"] = new JObject
            {
                ["runtime-versions"] = new JObject { ["nodejs"] = 22 },
                ["commands"] = new JArray("bash .ci/tools"),
            };
        if (before.Length > 0) phases["pre_build"] = Phase(before);
        phases["build"] = Phase(commands);
        var spec = new JObject { ["version"] = 0.2, ["env"] = new JObject { ["shell"] = "bash" }, ["phases"] = phases };
        if (result is not null) spec["artifacts"] = result;
        return TerraformText.Literal(spec.ToString(Formatting.Indented).ReplaceLineEndings("\n"));
    }

    private static JObject Phase(string[] commands) =>
        new() { ["on-failure"] = "ABORT", ["commands"] = new JArray(commands.Cast<object>()) };

    /// <summary>A profile of the shared AWS configuration that assumes a role with the container's credentials.</summary>
    private sealed record AwsProfile(string Name, string RoleArn, string Region)
    {
        public IEnumerable<string> Lines =>
        [
            $"[profile {Name}]", $"role_arn = {RoleArn}", "credential_source = EcsContainer", "role_session_name = pipeline",
            $"region = {Region}",
        ];
    }
}
