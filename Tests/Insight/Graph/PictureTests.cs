using System.Xml.Linq;
using Infra.Insight;
using Infra.Insight.Graph;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight.Graph;

/// <summary>Pictures of the example environments; three of them are in docs/pictures.</summary>
[Property("Row", "X6")]
internal sealed class PictureTests
{
    private static IEnumerable<Example> Examples => Example.WithPipelines;

    private static IEnumerable<Example> Documented => [Example.Tap, Example.DurableCodeProduction, Example.AgentProduction];

    private static string File(string name) => Path.Combine(Checkout.Find().Root, "docs", "pictures", name);

    [TestCaseSource(nameof(Examples))]
    public async Task Boxes_AreInTheirParents_AndDoNotOverlap(Example example)
    {
        EnvironmentGraph graph = ExampleGraphs.Of(example);
        GraphLayout layout = await ExampleGraphs.LayoutAsync(graph);
        (string Id, string? Parent)[] all =
        [
            .. graph.Groups.Select(group => (group.Id, group.Parent)), .. graph.Nodes.Select(node => (node.Id, (string?)node.Group)),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(layout.Boxes.Keys, Is.SupersetOf(all.Select(each => each.Id)));
            Assert.That(layout.Lines.Keys, Is.EquivalentTo(graph.Edges));
            Assert.That(layout.Lines.Values.Select(line => line.Count), Is.All.GreaterThan(1));
            foreach ((string id, string? parent) in all.Where(each => each.Parent is not null))
                Assert.That(IsIn(layout.Boxes[id], layout.Boxes[parent!]), $"{id} in {parent}");
            foreach (IGrouping<string?, (string Id, string? Parent)> siblings in all.GroupBy(each => each.Parent))
            {
                foreach ((string a, string b) in from a in siblings
                                                 from b in siblings
                                                 where string.CompareOrdinal(a.Id, b.Id) < 0
                                                 select (a.Id, b.Id))
                    Assert.That(Overlap(layout.Boxes[a], layout.Boxes[b]), Is.False, $"{a} and {b}");
            }
        }
    }

    [TestCaseSource(nameof(Documented))]
    public async Task Picture_OfTheDocumentation_IsCurrent(Example example)
    {
        EnvironmentGraph graph = ExampleGraphs.Of(example);
        string svg = SvgWriter.Write(graph, await ExampleGraphs.LayoutAsync(graph));
        XDocument read = XDocument.Parse(svg);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Descendants().Select(element => element.Name.LocalName), Has.None.EqualTo("script").And.None.EqualTo("image"));
            Assert.That(
                read.Descendants().Attributes("id").Select(id => id.Value), Is.SupersetOf(graph.Nodes.Select(node => node.Id)));
            Assert.That(
                SvgWriter.Write(graph, await ExampleGraphs.LayoutAsync(graph)), Is.EqualTo(svg), "the same input has the same picture");
        }

        Approval.Verify(File($"{example.Name}.svg"), svg);
    }

    [Test]
    public async Task Picture_Of150Resources_HasEachOnce()
    {
        var resources = new JObject
        {
            ["aws_vpc"] = new JObject { ["vpc"] = new JObject { ["cidr_block"] = "10.0.0.0/16" } },
            ["aws_iam_role"] = Many(50, i => new JObject { ["name"] = $"acme-role-{i}" }),
            ["aws_iam_role_policy"] = Many(50, i => new JObject
            {
                ["role"] = $"${{aws_iam_role.r{i}.name}}",
                ["policy"] = $"${{aws_s3_bucket.r{i}.arn}} ${{aws_dynamodb_table.r{(i * 7) % 50}.arn}}",
            }),
            ["aws_lambda_function"] = Many(50, i => new JObject
            {
                ["function_name"] = $"acme-function-{i}",
                ["role"] = $"${{aws_iam_role.r{i}.arn}}",
            }),
            ["aws_s3_bucket"] = Many(50, i => new JObject { ["bucket"] = $"acme-bucket-{i}" }),
            ["aws_dynamodb_table"] = Many(50, i => new JObject { ["name"] = $"acme-table-{i}" }),
        };
        EnvironmentGraph graph = GraphBuilder.Build(
            "acme large", "111111111111", "us-east-1", [new StackJson("base", new JObject { ["resource"] = resources })]);
        string svg = SvgWriter.Write(graph, await ExampleGraphs.LayoutAsync(graph));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Nodes, Has.Count.EqualTo(150));
            Assert.That(graph.Edges, Has.Count.EqualTo(100));
            Assert.That(
                XDocument.Parse(svg).Descendants().Attributes("id").Select(id => id.Value)
                    .Where(id => id.StartsWith("base_aws_", StringComparison.Ordinal)),
                Is.EquivalentTo(graph.Nodes.Select(node => node.Id)));
        }

        static JObject Many(int count, Func<int, JObject> one) =>
            new(Enumerable.Range(0, count).Select(i => new JProperty($"r{i}", one(i))));
    }

    [Test]
    public void Mermaid_IsAsApproved() => Approval.Verify(
        Path.Combine(Checkout.Find().Root, "Tests", "Insight", "Graph", "tap-poc.mmd"), MermaidWriter.Write(ExampleGraphs.Of(Example.Tap)));

    private static bool IsIn(GraphBox inner, GraphBox outer) =>
        inner.X >= outer.X && inner.Y >= outer.Y
        && inner.X + inner.Width <= outer.X + outer.Width && inner.Y + inner.Height <= outer.Y + outer.Height;

    private static bool Overlap(GraphBox a, GraphBox b) =>
        a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;
}
