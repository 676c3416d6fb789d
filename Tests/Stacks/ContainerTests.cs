using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>Properties of every container of every example: services, their sidecars, jobs and migrations.</summary>
internal sealed class ContainerTests
{
    [TestCaseSource(typeof(Example), nameof(Example.WithServices)), Property("Row", "S3")]
    public void Container_IsReadOnlyUnprivilegedAndNotRoot_UnlessConfigured(Example example)
    {
        // The examples configure exceptions per service: for its task, jobs and migration.
        string[] asBuilt = [.. example.Config.Services.Where(service => !service.Value.ReadOnlyRoot).Select(service => service.Key)];
        Assert.Multiple(() =>
        {
            foreach (string task in example.Runtime.Ids("aws_ecs_task_definition"))
                foreach (JObject container
                    in ContainerText.ParseAll(example.Runtime.Resource("aws_ecs_task_definition", task)["container_definitions"]))
                {
                    string what = $"{task}: {container["name"]}";
                    Assert.That((bool?)container["privileged"], Is.Not.True, what);
                    Assert.That((bool?)container.SelectToken("linuxParameters.initProcessEnabled"), Is.True, what);
                    if (asBuilt.Any(service => task == service || task.StartsWith($"{service}_", StringComparison.Ordinal)))
                        continue;
                    Assert.That((bool?)container["readonlyRootFilesystem"], Is.True, what);
                    Assert.That((string?)container["user"], Does.Match("^[1-9]"), what);
                }
        });
    }
}
