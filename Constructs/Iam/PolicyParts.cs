using System.Globalization;

namespace Infra.Constructs.Iam;

/// <summary>Statements in portions that a managed policy takes.</summary>
internal static class PolicyParts
{
    /// <summary>
    /// Longest managed policy in characters, blanks aside.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    /// </summary>
    public const int MostCharacters = 6144;

    /// <summary>One portion without a name where all fit, else further ones called <c>-2</c>, <c>-3</c>.</summary>
    /// <exception cref="InvalidOperationException">A statement fits into none.</exception>
    public static IEnumerable<(string Part, IReadOnlyList<Statement> Statements)> Of(IReadOnlyList<Statement> statements)
    {
        var part = new List<Statement>();
        int number = 1;
        foreach (Statement statement in statements)
        {
            if (part.Count > 0 && Size([.. part, statement]) > MostCharacters)
            {
                yield return (Name(number++), part);
                part = [];
            }

            part.Add(statement);
            if (Size(part) > MostCharacters)
                throw new InvalidOperationException($"statement {statement.Sid} has more than the {MostCharacters} characters that a managed policy takes");
        }

        if (part.Count > 0)
            yield return (Name(number), part);
    }

    private static string Name(int number) => number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");

    private static int Size(IReadOnlyList<Statement> statements) => new PolicyDocument(statements).ToJson().Count(character =>
        !char.IsWhiteSpace(character));
}
