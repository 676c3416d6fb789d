using Infra.Operations.Output;

namespace Infra.Operations.GitHub;

/// <summary>A check that a pull request needs, and the GitHub App that has to report it: nobody else can report it as passed.</summary>
/// <param name="Name">Name of the check: the name of a job.</param>
/// <param name="App">The app's name in its URL: <c>github-actions</c>.</param>
internal sealed record RequiredCheck(string Name, string App)
{
    private const string Actions = "github-actions";

    /// <summary>
    /// Jobs whose results a pull request needs: the tests of <c>ci.yml</c>, the last job of <c>plan.yml</c>. Both report on every pull
    /// request.
    /// </summary>
    public static IReadOnlyList<RequiredCheck> OfInfrastructure { get; } = [new("test", Actions), new("plan", Actions)];

    /// <summary>Reads NAME or NAME@APP.</summary>
    public static RequiredCheck Parse(string text)
    {
        int at = text.LastIndexOf('@');
        var check = at < 0 ? new RequiredCheck(text, Actions) : new RequiredCheck(text[..at], text[(at + 1)..]);
        return check.Name.Length > 0 && check.App.Length > 0
            ? check
            : throw OperationException.BadInput($"--check {text} is no check", "NAME, or NAME@APP: tests, codecov/project@codecov");
    }
}
