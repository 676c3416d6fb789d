using System.Globalization;

namespace Infra.Constructs.Iam;

/// <summary>Splits statements into parts that fit into managed policies.</summary>
internal static class PolicyParts
{
    /// <summary>
    /// Maximum size of a managed policy in characters, without white space.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    /// </summary>
    public const int MostCharacters = 6144;

    /// <summary>One part without a suffix if all statements fit, otherwise further parts with the suffixes <c>-2</c>, <c>-3</c>.</summary>
    /// <exception cref="InvalidOperationException">A statement is too large for any part.</exception>
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
                throw new InvalidOperationException(
                    $"statement {statement.Sid} has more than the {MostCharacters} characters that a managed policy takes");
        }

        if (part.Count > 0)
            yield return (Name(number), part);
    }

    private static string Name(int number) => number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");

    private static int Size(IReadOnlyList<Statement> statements) => new PolicyDocument(statements).ToJson().Count(character =>
        !char.IsWhiteSpace(character));
}
