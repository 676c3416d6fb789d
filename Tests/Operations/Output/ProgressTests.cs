using Infra.Operations.Output;
using Infra.Operations.Terraform;
using NUnit.Framework;
using Spectre.Console;

namespace Infra.Tests.Operations.Output;

/// <summary>What a terminal shows while Terraform runs.</summary>
internal sealed class ProgressTests
{
    [TestCase(80)]
    [TestCase(40)]
    [Property("Finding", "U15")]
    public async Task Progress_OnANarrowTerminal_IsOneLineBelowWhatIsDone(int width)
    {
        using var screen = new TerminalScreen(width);
        Reporter reporter = On(screen, width);
        IReadOnlyList<string> during = await reporter.WithStatusAsync("applying", () =>
        {
            var view = new OperationView(reporter) { Planned = 170 };
            for (int i = 0; i < 12; i++)
            {
                view.Take(new TerraformEvent.Started($"aws_iam_role_policy_attachment.backend-task-{i}", "create"));
                view.Take(
                    new TerraformEvent.Completed($"aws_iam_role_policy_attachment.backend-task-{i}", "create", TimeSpan.FromSeconds(9)));
            }

            for (int i = 0; i < 5; i++)
                view.Take(new TerraformEvent.Started($"aws_cloudwatch_metric_alarm.backend-service-unhealthy-hosts-{i}", "create"));
            view.Tick("applying");
            // Writing a line also draws the status line again.
            view.Take(new TerraformEvent.Completed("aws_eip.nat", "delete", TimeSpan.Zero));
            return Task.FromResult(screen.Lines);
        });

        string[] status = [.. during.Where(line => line.Contains("of 170", StringComparison.Ordinal))];
        Assert.Multiple(() =>
        {
            Assert.That(status, Has.Length.EqualTo(1));
            Assert.That(status[0], Does.Contain("12 of 170: waiting for").And.EndWith("…"));
            Assert.That(status[0].TrimStart(), Has.Length.GreaterThan(width - 10).And.Length.LessThanOrEqualTo(width));
            Assert.That(during.Count(line => line.StartsWith("  created", StringComparison.Ordinal)), Is.EqualTo(12));
            Assert.That(string.Concat(during.TakeWhile(line => !line.Contains("of 170", StringComparison.Ordinal))),
                Does.Not.Contain("waiting"));
            Assert.That(during, Has.All.Length.LessThanOrEqualTo(width));
            Assert.That(screen.Lines, Has.None.Contains("of 170"), "it is removed at the end");
        });
    }

    private static Reporter On(TextWriter screen, int width)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
        });
        console.Profile.Width = width;
        return new Reporter(console, interactive: true, new Redactor());
    }
}
