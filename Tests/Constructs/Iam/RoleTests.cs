using Infra.Constructs.Iam;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Iam;

internal sealed class RoleTests
{
    private static readonly PolicyDocument ReadFiles =
        new(new Statement { Actions = ["s3:GetObject"], Resources = ["arn:aws:s3:::acme-files/*"] });

    private static SynthesizedStack Synthesize(params string[] sourceArns)
    {
        var context = SynthesizedStack.Context();
        return SynthesizedStack.Of(stack => _ = new Role(stack, "task", new RoleProps(
            context, "backend-task", Trust.Service(context, "ecs-tasks.amazonaws.com", sourceArns))
        {
            Policies = new Dictionary<string, PolicyDocument> { ["files"] = ReadFiles },
        }));
    }

    [Test, Property("Row", "S10")]
    public void Trust_IsOnlyForThisAccount()
    {
        JObject role = Synthesize("arn:aws:ecs:us-east-2:111111111111:*").Resource("aws_iam_role", "task");
        var expected = JObject.Parse("""
            {
              "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole",
              "Condition": {
                "StringEquals": { "aws:SourceAccount": "111111111111" },
                "ArnLike": { "aws:SourceArn": "arn:aws:ecs:us-east-2:111111111111:*" }
              }
            }
            """);

        Assert.That(
            SynthesizedStack.Policy(role["assume_role_policy"])["Statement"]!.Single(),
            Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }

    [Test, Property("Row", "S10")]
    public void Trust_NamesTheAccount_AlsoWithoutAResource()
    {
        JToken statement =
            SynthesizedStack.Policy(Synthesize().Resource("aws_iam_role", "task")["assume_role_policy"])["Statement"]!.Single();

        Assert.That((string?)statement["Condition"]!["StringEquals"]!["aws:SourceAccount"], Is.EqualTo("111111111111"));
    }

    [Test, Property("Row", "S10")]
    public void Role_IsBoundedAndItsSessionsShort()
    {
        JObject role = Synthesize().Resource("aws_iam_role", "task");

        Assert.Multiple(() =>
        {
            Assert.That((string?)role["name"], Is.EqualTo("acme-dev-backend-task"));
            Assert.That((string?)role["permissions_boundary"], Is.EqualTo("arn:aws:iam::111111111111:policy/acme-boundary"));
            Assert.That((int?)role["max_session_duration"], Is.EqualTo(3600));
        });
    }

    [Test]
    public void Policy_IsTheRolesOwn()
    {
        JObject policy = Synthesize().Resource("aws_iam_role_policy", "task_files");

        Assert.Multiple(() =>
        {
            Assert.That((string?)policy["role"], Is.EqualTo("${aws_iam_role.task.name}"));
            Assert.That((string?)policy["policy"], Is.EqualTo(ReadFiles.ToJson()));
        });
    }
}
