using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A Lambda layer. Its versions are published by <c>./infra layer publish</c>, not by Terraform.</summary>
public sealed record LayerConfig
{
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-supported
    [Description("Compatible runtimes, for example python3.12.")]
    [MinLength(1)]
    [MaxLength(15)]
    [AllowedValues(
        "python3.10", "python3.11", "python3.12", "python3.13", "python3.14",
        "nodejs20.x", "nodejs22.x", "nodejs24.x",
        "java8.al2", "java11", "java17", "java21", "java25",
        "dotnet8", "dotnet10",
        "ruby3.2", "ruby3.3", "ruby3.4",
        "provided.al2", "provided.al2023",
        ErrorMessage = "a Lambda runtime that AWS offers")]
    public required IReadOnlyList<string> Runtimes { get; init; }

    [Description("Compatible processor architectures; both only if nothing in it is compiled.")]
    [MinLength(1)]
    public IReadOnlyList<CpuArchitecture> Architectures { get; init; } = [CpuArchitecture.X64];

    [Description(
        "Files whose content decides whether a new version is published, relative to the root of the repository, with *, ? and **: "
            + "layers/flask/**. None: the artifact itself is compared, so packaging must be reproducible.")]
    public IReadOnlyList<string> Sources { get; init; } = [];

    [Description(
        "Another name of the layer on the command line, for example the framework that it contains: ./infra layer deploy da_flask.")]
    [RegularExpression("[A-Za-z]([A-Za-z0-9_.-]{0,126}[A-Za-z0-9])?",
        ErrorMessage = "a name of letters, digits and inner _.-, starting with a letter")]
    public string? Component { get; init; }

    [Description(
        "What ./infra layer deploy packs: folders of the repository by their folder in the layer, for example "
            + "python: frameworks/da_flask/src. A folder may be in a Git submodule. Without sources, these are also the sources.")]
    public IReadOnlyDictionary<string, string> Content { get; init; } = new Dictionary<string, string>();

    [Description(
        "Command that ./infra layer deploy runs in the root of the repository before it packs, with the layer's folder in LAYER_FOLDER: "
            + "for example to install requirements into it. Program and arguments, without a shell.")]
    public IReadOnlyList<string> Build { get; init; } = [];

    [Description("Number of versions to keep, the newest first; the version in use and the one before it are always kept.")]
    [Range(2, 1000)]
    public int KeepVersions { get; init; } = 10;

    // Of the 256 characters that AWS allows, the rest contains the fingerprint of the sources.
    [Description("Description that the console shows.")]
    [MaxLength(160)]
    [RegularExpression("[ -~]*", ErrorMessage = "text of printable ASCII characters")]
    public string Description { get; init; } = "";

    [Description("License of its content: an SPDX identifier, a URL or a text.")]
    [MaxLength(512)]
    public string? License { get; init; }

    [Description("Other accounts whose functions may use its versions.")]
    [RegularExpression("[0-9]{12}", ErrorMessage = "an account id of twelve digits")]
    public IReadOnlyList<string> SharedWith { get; init; } = [];
}
