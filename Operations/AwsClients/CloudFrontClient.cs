using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of CloudFront. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html</summary>
internal sealed class CloudFrontClient(AwsAccess access)
{
    private const string ContentType = "application/xml";

    private static readonly XNamespace Xml = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    private readonly AwsApi _api = access.Api("cloudfront");

    /// <summary>Invalidates everything that a distribution has cached.</summary>
    public async Task<CloudFrontInvalidation> CreateInvalidationAsync(string distribution, CancellationToken cancellation)
    {
        var batch = new XElement(
            Xml + "InvalidationBatch",
            new XElement(Xml + "Paths", new XElement(Xml + "Quantity", 1), new XElement(Xml + "Items", new XElement(Xml + "Path", "/*"))),
            new XElement(Xml + "CallerReference", Guid.NewGuid().ToString("N")));
        return Read(await _api.RestTextAsync(
            HttpMethod.Post, $"/2020-05-31/distribution/{distribution}/invalidation", batch.ToString(SaveOptions.DisableFormatting),
            ContentType, cancellation: cancellation));
    }

    public async Task<CloudFrontInvalidation> GetInvalidationAsync(string distribution, string id, CancellationToken cancellation) =>
        Read(await _api.RestTextAsync(
            HttpMethod.Get, $"/2020-05-31/distribution/{distribution}/invalidation/{id}", body: null, ContentType,
            cancellation: cancellation));

    private static CloudFrontInvalidation Read(string answer)
    {
        XElement invalidation = XElement.Parse(answer);
        return new CloudFrontInvalidation(invalidation.Element(Xml + "Id")!.Value, invalidation.Element(Xml + "Status")!.Value);
    }
}

/// <summary>An invalidation.</summary>
internal sealed record CloudFrontInvalidation(string Id, string Status);
