using Constructs;
using HashiCorp.Cdktf.Providers.Aws.DataAwsSsmParameter;
using Infra.Constructs.Foundation;
using Infra.Contracts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>
/// The image whose digest is in a service's release ledger parameter, or the placeholder before the first release. Values that depend on it
/// are expressions, because only Terraform reads the parameter.
/// </summary>
internal sealed class ReleasedImage : Construct
{
    private readonly string _isPlaceholder;

    public ReleasedImage(Construct scope, string id, ReleasedImageProps props) : base(scope, id)
    {
        string ledger = $"release_{props.Service}";
        new DataAwsSsmParameter(this, "release", new DataAwsSsmParameterConfig { Name = props.Base.ReleaseParameter }).Named(ledger);
        // insecure_value, because a digest is not a secret and a plan should show it.
        string digest = $"data.aws_ssm_parameter.{ledger}.insecure_value";
        _isPlaceholder = $"{digest} == \"{ReleaseParameter.NothingReleased}\"";
        Image = Expression($"{_isPlaceholder} ? \"{PlaceholderImage.Public}\" : \"{props.Base.RepositoryUrl}@${{{digest}}}\"");
    }

    /// <summary>The image to run.</summary>
    public JToken Image { get; }

    /// <summary>The command of a service; the placeholder serves the port instead.</summary>
    /// <param name="port">Port of the service; none if it does not listen.</param>
    /// <param name="command">Program and arguments; empty for the image's own.</param>
    public JToken Serve(int? port, IReadOnlyList<string> command) =>
        Expression($"{_isPlaceholder} ? {Json(PlaceholderImage.Serve(port))} : {List(command)}");

    /// <summary>The entry point of a service; none for the image's own, which the placeholder always keeps.</summary>
    public JToken? Enter(IReadOnlyList<string> entryPoint) =>
        entryPoint.Count == 0 ? null : Expression($"{_isPlaceholder} ? null : {List(entryPoint)}");

    /// <summary>A command of the image; the placeholder does nothing instead.</summary>
    public JToken Run(IReadOnlyList<string> command) =>
        Expression($"{_isPlaceholder} ? {Json(PlaceholderImage.Nothing)} : {List(command)}");

    /// <summary>A health check with a command of the image; none while the placeholder runs.</summary>
    public JToken? Check(JObject? health) => health is null ? null : Expression($"{_isPlaceholder} ? null : {Json(health)}");

    private static string List(IReadOnlyList<string> words) => words.Count == 0 ? "null" : Json(words.Select(TerraformText.Literal));

    private static string Json(object value) => JsonConvert.SerializeObject(value);

    // Not in quotes: jsonencode returns the JSON of the result, which can be a string, a list or null.
    private static JRaw Expression(string expression) => new($"${{jsonencode({expression})}}");
}

/// <param name="Service">Name of the service in the environment file.</param>
/// <param name="Base">Its resources in the base stack, with the ledger parameter and the repository.</param>
internal sealed record ReleasedImageProps(string Service, ServiceBaseResources Base);
