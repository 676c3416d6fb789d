using Infra.Operations.AwsClients;
using Infra.Operations.Verification;
using NUnit.Framework;

namespace Infra.Tests.Operations.Verification;

[Property("Row", "H-L3")]
internal sealed class HopTests
{
    private static readonly Hop ToTasks = new("load balancer", ["sg-alb"], "tasks", ["sg-ecs"], 8080);

    [Test]
    public void BothRules_AllowIt() => Assert.That(ToTasks.ReasonClosed([Out("sg-alb", "sg-ecs"), In("sg-ecs", "sg-alb")]), Is.Null);

    [Test]
    public void AllTraffic_AllowsIt() => Assert.That(
        ToTasks.ReasonClosed([new("sg-alb", true, "-1", -1, -1, null, "0.0.0.0/0"), In("sg-ecs", "sg-alb")]), Is.Null);

    [Test]
    public void WithoutEgress_ItSaysSo() => Assert.That(
        ToTasks.ReasonClosed([In("sg-ecs", "sg-alb")]),
        Is.EqualTo("no security group of load balancer (sg-alb) allows egress to tasks on port 8080"));

    [TestCase(8081, 8090, "tcp", "sg-alb", TestName = "AnotherPort")]
    [TestCase(8080, 8080, "udp", "sg-alb", TestName = "AnotherProtocol")]
    [TestCase(8080, 8080, "tcp", "sg-other", TestName = "AnotherGroup")]
    public void WithoutMatchingIngress_ItSaysSo(int from, int to, string protocol, string peer) => Assert.That(
        ToTasks.ReasonClosed([Out("sg-alb", "sg-ecs"), new("sg-ecs", false, protocol, from, to, peer, null)]),
        Is.EqualTo("no security group of tasks (sg-ecs) allows ingress from load balancer on port 8080"));

    private static SecurityGroupRule Out(string group, string peer) => new(group, true, "tcp", 8080, 8080, peer, null);

    private static SecurityGroupRule In(string group, string peer) => new(group, false, "tcp", 8000, 9000, peer, null);
}
