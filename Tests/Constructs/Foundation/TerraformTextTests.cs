using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Infra.Constructs.Foundation;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Foundation;

public sealed class TerraformTextTests
{
    /// <summary>Texts with many characters of Terraform's template syntax.</summary>
    private static readonly Arbitrary<string> Texts =
        Gen.Elements('$', '%', '{', '}', '~', 'a', ' ', '"').ArrayOf().Select(characters => new string(characters)).ToArbitrary();

    /// <summary>
    /// Evaluates a quoted template like HCL: <c>$${</c> and <c>%%{</c> are literal characters, <c>${</c> and <c>%{</c> start an expression.
    /// </summary>
    private static string? Read(string template)
    {
        var text = new StringBuilder();
        for (int i = 0; i < template.Length; i++)
        {
            char mark = template[i];
            if (mark is '$' or '%')
            {
                if (At(i + 1) == mark && At(i + 2) == '{')
                {
                    text.Append(mark).Append('{');
                    i += 2;
                    continue;
                }
                if (At(i + 1) == '{') return null;
            }
            text.Append(mark);
        }
        return text.ToString();

        char At(int index) => index < template.Length ? template[index] : '\0';
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Literal_IsReadBackUnchanged() => Prop.ForAll(Texts, text => Read(TerraformText.Literal(text)) == text);

    [TestCase("${aws_db_instance.db.password}", "$${aws_db_instance.db.password}")]
    [TestCase("%{ if true }", "%%{ if true }")]
    [TestCase("costs $5, 10 %", "costs $5, 10 %")]
    public void Literal_EscapesOnlyTemplates(string text, string literal) => Assert.That(TerraformText.Literal(text), Is.EqualTo(literal));
}
