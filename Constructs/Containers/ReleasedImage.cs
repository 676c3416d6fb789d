using Constructs;
using HashiCorp.Cdktf.Providers.Aws.DataAwsSsmParameter;
using Infra.Constructs.Foundation;
using Infra.Contracts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>
/// The image whose digest stands in a service's release ledger, or the placeholder before the first release. What depends on it is
/// an expression, for Terraform alone knows what stands there.
/// </summary>
internal sealed class ReleasedImage : Construct
{
    private readonly string _isPlaceholder;

    public ReleasedImage(Construct scope, string id, ReleasedImageProps props) : base(scope, id)
    {
        string ledger = $"release_{props.Service}";
        new DataAwsSsmParameter(this, "release", new DataAwsSsmParameterConfig { Name = props.Base.ReleaseParameter }).Named(ledger);
        // insecure_value, because a digest is no secret and a plan should show it.
        string digest = $"data.aws_ssm_parameter.{ledger}.insecure_value";
        _isPlaceholder = $"{digest} == \"{ReleaseParameter.NothingReleased}\"";
        Image = Expression($"{_isPlaceholder} ? \"{PlaceholderImage.Public}\" : \"{props.Base.RepositoryUrl}@${{{digest}}}\"");
    }

    /// <summary>The image to run.</summary>
    public JToken Image { get; }

    /// <summary>The image's own command, or one that lets the placeholder stand in for it.</summary>
    /// <param name="port">Port of the service; none where nothing reaches it.</param>
    public JToken Serve(int? port) => Expression($"{_isPlaceholder} ? {Json(PlaceholderImage.Serve(port))} : null");

    /// <summary>A command of the image; nothing is done while it is the placeholder.</summary>
    public JToken Run(IReadOnlyList<string> command) => Expression($"{_isPlaceholder} ? {Json(PlaceholderImage.Nothing)} : {Json(command.Select(TerraformText.Literal))}");

    /// <summary>A check that only the image has the command for; none while it is the placeholder.</summary>
    public JToken? Check(JObject? health) => health is null ? null : Expression($"{_isPlaceholder} ? null : {Json(health)}");

    private static string Json(object value) => JsonConvert.SerializeObject(value);

    // Not in quotes: Terraform puts the JSON of whatever comes out here, be it a text, a list or null.
    private static JRaw Expression(string expression) => new($"${{jsonencode({expression})}}");
}

/// <param name="Service">Name of the service in the environment file.</param>
/// <param name="Base">Its part of the base stack, with the ledger's entry and the repository.</param>
internal sealed record ReleasedImageProps(string Service, ServiceBaseResources Base);
