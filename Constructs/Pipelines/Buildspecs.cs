using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Pipelines;

/// <summary>
/// What the builds of a pipeline run: little more than <c>./infra</c>, so that the same can be done locally. As JSON, which YAML
/// takes, too. https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
/// </summary>
internal static class Buildspecs
{
    /// <summary>File with the digest of each image, in the result of a build of images.</summary>
    private const string DigestFile = "images.env";

    private const string Synthesized = "synthesized";

    /// <summary>Tests the commit and writes Terraform's JSON of each environment.</summary>
    public static string Check(IReadOnlyList<PipelineTarget> targets) => Spec(
        tools: true,
        [],
        ["./infra test --fast", .. targets.Select(target => $"./infra synth --env {target.File} --out {Synthesized}/{target.Name}")],
        // The provider's program is linked into each stack's folder; it is fetched where it is used.
        Result(Synthesized, "**/cdk.tf.json", "**/manifest.json"));

    /// <summary>Builds each image once and pushes it to every environment; the digest says what was built.</summary>
    public static string Images(IEnumerable<KeyValuePair<string, PipelineImageConfig>> images, IReadOnlyList<PipelineTarget> targets) => Spec(
        tools: false,
        [
            Profiles([.. targets.Select(target => new AwsProfile(target.Name, target.PushRoleArn, target.Region))]),
            .. targets.Select(target =>
                $"aws ecr get-login-password --profile {target.Name} | docker login --username AWS --password-stdin {target.Registry}"),
            // Docker's own builder pushes to one registry at a time, and may compress anew for each. The builder's image is the copy on ECR Public:
            // Docker Hub counts pulls without a login by address, and builds share theirs with others.
            // https://docs.docker.com/docker-hub/usage/pulls/
            "docker buildx create --use --driver-opt image=public.ecr.aws/vend/moby/buildkit:buildx-stable-1",
        ],
        [
            "tag=\"$CODEBUILD_RESOLVED_SOURCE_VERSION\"",
            .. images.OrderBy(image => image.Key, StringComparer.Ordinal).SelectMany((image, i) => Image(image.Key, image.Value, i, targets)),
        ],
        Result(null, DigestFile));

    /// <summary>
    /// Finds or builds one image. Tags never move, so a commit that is built again is the image that is there; where a run ended between two accounts,
    /// the second gets a copy of the first's, which has the same digest.
    /// </summary>
    private static IEnumerable<string> Image(string name, PipelineImageConfig image, int number, IReadOnlyList<PipelineTarget> targets)
    {
        string[] urls = [.. targets.Select(target => target.RepositoryUrl(name))];
        string all = string.Join(' ', urls);
        yield return "from=\"\"";
        yield return $"for url in {all}; do"
            + " if digest=\"$(docker buildx imagetools inspect \"$url:$tag\" --format '{{.Manifest.Digest}}' 2>/dev/null)\"; then from=\"$url\"; break; fi; done";
        yield return $"if [ -z \"$from\" ]; then docker buildx build --push --provenance=false --metadata-file image-{number}.json"
            + $" --file {image.Context}/{image.Dockerfile}{string.Concat(urls.Select(url => $" --tag {url}:$tag"))} {image.Context}"
            + $" && digest=\"$(jq -er '.\"containerimage.digest\"' image-{number}.json)\"; fi";
        // Without the option one manifest would be wrapped in an index, which has another digest.
        // https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/#prefer-index
        yield return $"if [ -n \"$from\" ]; then (set -e; for url in {all}; do docker buildx imagetools inspect \"$url:$tag\" >/dev/null 2>&1"
            + " || docker buildx imagetools create --prefer-index=false --tag \"$url:$tag\" \"$from@$digest\"; done); fi";
        yield return $"printf '{name}=%s\\n' \"$digest\" >> {DigestFile}";
    }

    /// <summary>Brings an environment to the commit, then each service to its image.</summary>
    /// <param name="target">Environment.</param>
    /// <param name="images">Repositories whose images were built, and the artifact that names their digests.</param>
    public static string Deploy(PipelineTarget target, IEnumerable<KeyValuePair<string, string>> images) => Spec(
        tools: true,
        [Profiles(new AwsProfile(target.Name, target.DeployRoleArn, target.Region))],
        [
            $"./infra deploy {Of(target)} --yes",
            .. images.OrderBy(image => image.Key, StringComparer.Ordinal).SelectMany(image => target.Services[image.Key].Order(StringComparer.Ordinal).SelectMany(service => new[]
            {
                $"digest=\"$(sed -n 's|^{image.Key}=||p' \"$CODEBUILD_SRC_DIR_{image.Value}/{DigestFile}\")\"",
                $"./infra release {service} {target.RepositoryUrl(image.Key)}@$digest {Of(target)} --yes",
            })),
        ]);

    /// <summary>Asks an environment whether it works.</summary>
    public static string Smoke(PipelineTarget target) => Spec(
        tools: true,
        [Profiles(new AwsProfile(target.Name, target.DeployRoleArn, target.Region))],
        [$"./infra smoke {Of(target)}"]);

    private static string Of(PipelineTarget target) => $"--env {target.File} --profile {target.Name}";

    // The build's own credentials, which the container hands out and renews, take the role; nothing secret is written down.
    private static string Profiles(params IReadOnlyList<AwsProfile> profiles) =>
        $"mkdir -p ~/.aws && printf '%s\\n'{string.Concat(profiles.SelectMany(profile => profile.Lines).Select(line => $" '{line}'"))} > ~/.aws/config";

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

    private static JObject Phase(string[] commands) => new() { ["on-failure"] = "ABORT", ["commands"] = new JArray(commands.Cast<object>()) };

    /// <summary>A profile of AWS's shared configuration that takes a role with the credentials of the container.</summary>
    private sealed record AwsProfile(string Name, string RoleArn, string Region)
    {
        public IEnumerable<string> Lines =>
        [
            $"[profile {Name}]", $"role_arn = {RoleArn}", "credential_source = EcsContainer", "role_session_name = pipeline", $"region = {Region}",
        ];
    }
}
