using Infra.Tests.Emulator;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// The Streamlit application of system L as a task of the local AWS to which it is deployed: with the variables of its task definition and
/// the permissions of its task role.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class AwsLegalPocTaskTests
{
    private const string Streamlit = "examples/awslegalpoc/apps/streamlit";

    private const string Turns = """
        import os, boto3
        from legal.turns import Turn, Turns
        turns = Turns(boto3.resource("dynamodb").Table(os.environ["DYNAMODB_TABLE_CONVERSATIONS"]))
        turns.add("c", Turn("user", "Why?"), Turn("assistant", "Because."))
        print([turn.text for turn in turns.read("c")])
        """;

    private const string Discovery = """
        import os, boto3
        from legal.discovery import read
        names = ("agents/assistant/arn", "services/streamlit/url")
        print([read(boto3.client("ssm"), os.environ["DISCOVERY_PATH"], name) for name in names])
        """;

    [TestCase(Turns, "['Why?', 'Because.']"), TestCase(Discovery, "['none', 'https://beta.legal.example.com']")]
    public async Task Application_MayDoWithItsRole_WhatItDoes(string script, string printed)
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        using var task = new ServiceTask(AppliedEnvironment.AgentBeta, "streamlit");

        Run run = AppliedEnvironment.AgentBeta.Sandbox.Start(
            python.Interpreter, ["-c", script],
            [.. task.Variables, .. python.Variables(Streamlit), ("AWS_DEFAULT_REGION", AppliedEnvironment.AgentBeta.Config.Region)]).Wait();

        Assert.That((run.ExitCode, run.Output.Trim()), Is.EqualTo((0, printed)));
    }
}
