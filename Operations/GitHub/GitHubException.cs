using System.Net;
using Infra.Operations.Output;

namespace Infra.Operations.GitHub;

/// <summary>GitHub refused a request.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="request">Method and path.</param>
/// <param name="answer">GitHub's message.</param>
/// <param name="remedy">What the user has to do.</param>
internal sealed class GitHubException(HttpStatusCode status, string request, string answer, string remedy)
    : OperationException(ExitCode.Failed, $"GitHub answered {(int)status} to {request}: {answer}", remedy)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>GitHub's message.</summary>
    public string Answer { get; } = answer;
}
