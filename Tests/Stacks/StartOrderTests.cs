using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>
/// Tasks start after their cluster has its capacity providers and egress exists to pull their image, and stop before egress is deleted.
/// </summary>
internal sealed class StartOrderTests
{
    private static readonly string[] Ways = ["aws_route", "aws_instance", "aws_vpc_endpoint", "aws_vpc_security_group_egress_rule"];

    public static IEnumerable<TestCaseData> Runtimes =>
        from runtime in Example.WithServices.Select(example => (example.File, Stack: example.Runtime))
            .Concat(new[] { "without NAT", "NAT instance" }.Select(name => (File: name, Stack: Variants.All[name].Value.Runtime)))
        select new TestCaseData(runtime.Stack).SetArgDisplayNames(runtime.File);

    // ECS rejects a service whose capacity providers are not associated with its cluster yet; a task without a route cannot pull, and three
    // failed tasks end the deployment. Terraform destroys in reverse order, so that tasks drain while they still have egress.
    [TestCaseSource(nameof(Runtimes)), Property("Finding", "A7"), Property("Row", "D6")]
    public void Services_WaitForCapacityAndEgress(SynthesizedStack runtime)
    {
        string[] needed =
        [
            .. runtime.Addresses().Where(address => Ways.Append("aws_ecs_cluster_capacity_providers").Contains(address.Split('.')[0])),
        ];
        Assert.That(needed, Has.Length.GreaterThan(1));
        Assert.Multiple(() =>
        {
            foreach (string type in new[] { "aws_ecs_service", "aws_scheduler_schedule" })
                foreach (string id in runtime.Ids(type))
                    Assert.That(runtime.Resource(type, id)["depends_on"]?.Values<string>() ?? [], Is.SupersetOf(needed), $"{type}.{id}");
        });
    }
}
