using System.Globalization;

namespace Hello;

/// <summary>
/// The environment variables of the application; <c>docs/discovery.md</c> documents them. Nothing else reads the environment.
/// </summary>
/// <param name="Region">Region of AWS, <c>AWS_REGION</c>; the SDK reads it, too.</param>
/// <param name="Project">Project, <c>PROJECT</c>.</param>
/// <param name="Environment">Environment, <c>ENVIRONMENT</c>.</param>
/// <param name="Service">Name of the service, <c>SERVICE</c>.</param>
/// <param name="Bucket">Bucket for its objects, <c>S3_BUCKET_NAME</c>.</param>
/// <param name="Repository">ECR repository of its image, <c>ECR_REPOSITORY</c>.</param>
/// <param name="DiscoveryPath">Path of the discovery parameters, <c>DISCOVERY_PATH</c>.</param>
/// <param name="Port">Port to listen on, 1 to 65535, <c>PORT</c>; default 8080.</param>
/// <param name="OwnEndpoint">Whether <c>AWS_ENDPOINT_URL</c> directs the SDK to an endpoint other than AWS.</param>
internal sealed record Surroundings(
    string Region, string Project, string Environment, string Service, string Bucket, string Repository, string DiscoveryPath, int Port,
    bool OwnEndpoint)
{
    /// <exception cref="SurroundingsException">A variable is missing or wrong.</exception>
    public static Surroundings Read(Func<string, string?> variable)
    {
        var missing = new List<string>();
        string Required(string name)
        {
            string value = variable(name) ?? "";
            if (value.Length == 0)
                missing.Add(name);
            return value;
        }

        string port = variable("PORT") ?? "8080";
        var surroundings = new Surroundings(
            Required("AWS_REGION"),
            Required("PROJECT"),
            Required("ENVIRONMENT"),
            Required("SERVICE"),
            Required("S3_BUCKET_NAME"),
            Required("ECR_REPOSITORY"),
            Required("DISCOVERY_PATH"),
            int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0,
            !string.IsNullOrEmpty(variable("AWS_ENDPOINT_URL")));
        if (missing.Count > 0)
            throw new SurroundingsException(
                $"missing environment variables: {string.Join(", ", missing)}; docs/discovery.md describes them");
        return surroundings.Port is >= 1 and <= 65535
            ? surroundings
            : throw new SurroundingsException($"PORT is '{port}'; it must be a number from 1 to 65535");
    }
}

/// <summary>The application cannot start; the message is the reason, in one line.</summary>
internal sealed class SurroundingsException(string message) : Exception(message);
