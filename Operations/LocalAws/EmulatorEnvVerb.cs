using System.CommandLine;
using Infra.Configuration.Model;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;
using Infra.Operations.Workspace;

namespace Infra.Operations.LocalAws;

internal sealed class EmulatorEnvVerb() : Verb(
    "env",
    "Print the variables with which the AWS CLI and SDKs use it as the account of an environment",
    "eval \"$(./infra emulator env --env local)\"; aws ecr describe-repositories",
    "./infra emulator env --env local --shell powershell | Out-String | Invoke-Expression")
{
    private readonly Option<string> _shell = new("--shell")
    {
        Description = "Syntax of the output: bash, also for zsh, or powershell",
        HelpName = "SHELL",
        DefaultValueFactory = _ => EmulatorVariables.Bash,
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfFiles;

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        RunContext context = invocation.Context;
        string shell = invocation.Value(_shell);
        if (!EmulatorVariables.Shells.Contains(shell))
            throw OperationException.BadInput(
                $"--shell {shell} is not known", $"available: {string.Join(", ", EmulatorVariables.Shells)}");
        EnvironmentConfig config = EnvironmentLoader.Load(context, invocation.Options.Environment, warn: false).Config;
        EmulatorState state = await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).FindAsync()
            ?? throw OperationException.Failed("the emulator is not running", "./infra emulator start");
        foreach (string line in EmulatorVariables.Of(state.Url, config.Account, config.Region, shell))
            context.Reporter.Line(line);
        return ExitCode.Ok;
    }
}
