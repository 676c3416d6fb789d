using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

[TestFixture]
internal sealed class ExpressionTests
{
    private static readonly JObject Contexts = JObject.Parse("""
        {
          "github": { "event_name": "push", "ref_name": "main", "event": { "number": 7 } },
          "inputs": { "to": "", "name": "api" },
          "needs": { "a": { "result": "success", "outputs": { "list": "[{\"x\":1}]" } }, "b": { "result": "failure" } }
        }
        """);

    private static readonly JObject Functions = new() { ["always"] = true };

    [TestCase("${{ github.event_name == 'push' && github.ref_name != 'dev' }}", "true")]
    [TestCase("${{ inputs.to || inputs.name }}", "api")]
    [TestCase("${{ inputs.to && 'a' || 'b' }}", "b")]
    [TestCase("infra-${{ inputs.name }}-${{ github.event.number }}", "infra-api-7")]
    [TestCase("${{ fromJSON(needs.a.outputs.list)[0].x }}", "1")]
    [TestCase("${{ contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled') }}", "true")]
    [TestCase("${{ !(github.event_name == 'PUSH') }}", "false")]
    [TestCase("${{ needs.a.outputs['list'] }}", "[{\"x\":1}]")]
    [TestCase("${{ needs.c.result }}", "")]
    [TestCase("${{ toJSON(inputs.name) }}", "\"api\"")]
    [TestCase("${{ github.event.number == '7' }}", "true")]
    [TestCase("${{ 'it''s' }}", "it's")]
    public void Fill_ReturnsWhatGitHubWould(string text, string expected) =>
        Assert.That(Expression.Text(new Expression(Contexts, Functions).Fill(text)), Is.EqualTo(expected));

    [Test]
    public void Holds_AcceptsABareCondition() =>
        Assert.That(new Expression(Contexts, Functions).Holds("always() && inputs.to == ''"), Is.True);

    [TestCase("${{ secrets.x }}")]
    [TestCase("${{ cancelled() }}")]
    [TestCase("${{ github.ref_name | 'x' }}")]
    public void Fill_RejectsUnknownExpressions(string text) =>
        Assert.That(() => new Expression(Contexts, Functions).Fill(text), Throws.TypeOf<FormatException>());
}
