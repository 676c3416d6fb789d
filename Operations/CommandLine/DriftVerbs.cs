using System.CommandLine;
using Infra.Operations.Drift;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>drift</c>.</summary>
internal static class DriftVerbs
{
    public static Verb Create(RunContext context)
    {
        Argument<string[]> stacks = Verbs.Stacks("base runtime", StackOrder.Default);
        var report = new Option<string?>(
            "--report")
        { Description = "Folder for a Markdown report of each stack that has drifted, and drift.json", HelpName = "DIR" };
        var readOnly = new Option<bool>(
            "--read-only")
        { Description = "Leave out resources that can only be refreshed by reading a secret: for the plan role" };
        var verb = new Verb(
            "drift",
            "Show changes that were made outside Terraform, without those that are configured and not applied yet; exit code 5 on drift",
            "./infra drift --env prod                         base and runtime",
            "./infra drift --env prod runtime --report drift  drift/runtime.md, drift/drift.json")
        {
            stacks, report, readOnly,
        };
        return verb.WithAction(parsed => new DriftCommand(context, Options.Read(context, parsed))
            .RunAsync(Verbs.Named(context, parsed, stacks, StackOrder.Default), parsed.GetValue(report), parsed.GetValue(readOnly)));
    }
}
