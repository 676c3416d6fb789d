using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Testing;

internal sealed class TestVerb() : Verb(
    "test",
    "Build and run the tests; the last line says how many passed and failed",
    "./infra test                                     all of them",
    "./infra test --fast --filter Configuration       fast tests of one folder",
    "./infra test --rows                              which test verifies which requirement")
{
    private readonly Option<bool> _fast = new("--fast") { Description = "Skip the tests that need Terraform or the emulator" };

    private readonly Option<string?> _filter = new("--filter")
    {
        Description = "Only tests whose full name contains TEXT, or a vstest filter expression",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _rows = new("--rows")
    {
        Description = "List the requirement rows and the tests that name them; run nothing",
    };

    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new TestCommand(invocation.Context).RunAsync(
        invocation.Value(_fast), invocation.Value(_filter), invocation.Value(_rows));
}
