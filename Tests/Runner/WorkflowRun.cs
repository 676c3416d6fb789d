using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>One run of a workflow on this machine: jobs in the order of their needs, each on a separate machine, as GitHub would.</summary>
internal sealed class WorkflowRun
{
    private static readonly JobResult Cancelled = new("cancelled", []);

    private readonly WorkflowRunner _runner;
    private readonly WorkflowFile _file;
    private readonly WorkflowSource _source;
    private readonly StartedRun _started;
    private readonly CancellationTokenSource _cancellation;
    private readonly JObject _contexts;
    private readonly Dictionary<string, JobResult> _results = new(StringComparer.Ordinal);

    /// <param name="runner">Runner on which it runs.</param>
    /// <param name="file">Workflow.</param>
    /// <param name="source">Where the workflow is from.</param>
    /// <param name="started">The run that the workflow, or its caller, belongs to.</param>
    /// <param name="github">Context <c>github</c>: the event that triggered it, also in a called workflow.</param>
    /// <param name="inputs">Inputs of the call.</param>
    /// <param name="secrets">Secrets that it may read.</param>
    /// <param name="cancelled">Cancellation of its caller.</param>
    public WorkflowRun(
        WorkflowRunner runner, WorkflowFile file, WorkflowSource source, StartedRun started, JObject github, JObject inputs,
        JObject secrets, CancellationToken cancelled = default)
    {
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        _runner = runner;
        _file = file;
        _source = source;
        _started = started;
        _contexts = new JObject
        {
            ["github"] = github,
            ["inputs"] = WithDefaults(file, inputs),
            ["secrets"] = secrets,
            ["vars"] = JObject.FromObject(runner.RepositoryVariables),
            ["runner"] = new JObject { ["os"] = "Linux" },
            ["matrix"] = new JObject(),
            ["needs"] = new JObject(),
        };
    }

    /// <summary>Runs every job, when the workflow's concurrency group is free.</summary>
    public WorkflowResult Run() => InGroup(_file.Content["concurrency"], _contexts, _cancellation, _ => RunJobs())
        ?? new WorkflowResult(false, _file.Jobs.ToDictionary(job => job.Id, _ => Cancelled.Result), []);

    private WorkflowResult RunJobs()
    {
        var waiting = new List<Job>(_file.Jobs);
        while (waiting.Count > 0)
        {
            Job job = waiting.First(candidate => candidate.Needs.All(_results.ContainsKey));
            waiting.Remove(job);
            _results[job.Id] = Run(job);
        }

        bool failed = _results.Values.Any(result => result.Result is "failure" or "cancelled");
        var jobs =
            new JObject(
                _results.Select(result =>
                    new JProperty(result.Key, new JObject { ["result"] = result.Value.Result, ["outputs"] = result.Value.Outputs })));
        var outputs = (JObject?)_file.Content.SelectToken("on.workflow_call.outputs") ?? [];
        var expression = new Expression(new JObject { ["jobs"] = jobs }, []);
        return new WorkflowResult(
            !failed,
            _results.ToDictionary(result => result.Key, result => result.Value.Result),
            new JObject(
                outputs.Properties().Select(output => new JProperty(output.Name, expression.Fill((string)output.Value["value"]!)))));
    }

    private JobResult Run(Job job)
    {
        var contexts = (JObject)_contexts.DeepClone();
        contexts["needs"] =
            new JObject(
                job.Needs.Select(
                    need => new JProperty(need, new JObject { ["result"] = _results[need].Result, ["outputs"] = _results[need].Outputs })));
        bool succeeded = job.Needs.All(need => _results[need].Result == "success");
        bool failed = job.Needs.Any(need => _results[need].Result == "failure");
        bool cancelled = _cancellation.IsCancellationRequested;
        if (!Conditions.Hold((string?)job.Content["if"], contexts, succeeded && !cancelled, failed && !cancelled, cancelled))
            return cancelled ? Cancelled : new JobResult("skipped", []);

        JToken? include = job.Content.SelectToken("strategy.matrix.include");
        IEnumerable<JToken> combinations = include is null
            ? [new JObject()]
            : Conditions.In(contexts, succeeded, failed).Fill((string)include!);
        if (!combinations.Any())
        {
            _runner.Log($"{_file.Name}: error when evaluating 'strategy' for job '{job.Id}': matrix must define at least one vector");
            return new JobResult("failure", []);
        }

        JobResult last = new("success", []);
        foreach (JToken combination in combinations)
        {
            var own = (JObject)contexts.DeepClone();
            own["matrix"] = combination;
            JobResult result =
                InGroup(job.Content["concurrency"], own, CancellationOfJob(), token =>
                    job.Uses is null ? RunSteps(job, own, token) : Call(job, own, token)) ?? Cancelled;
            last = new JobResult(last.Result == "success" ? result.Result : last.Result, result.Outputs);
            // As the matrixes of these workflows: apply stops at the first environment that fails; the others continue.
            if (result.Result != "success" && (bool?)job.Content.SelectToken("strategy.fail-fast") is not false)
                break;
        }

        return last;
    }

    /// <summary>
    /// Runs a workflow or a job when its concurrency group is free, which it holds until its end, also while it waits for approval.
    /// </summary>
    /// <returns>Its result; null if another one took its place in the queue.</returns>
    private T? InGroup<T>(JToken? concurrency, JObject contexts, CancellationTokenSource cancellation, Func<CancellationToken, T> run)
        where T : class
    {
        if (concurrency is null)
            return run(cancellation.Token);
        Expression expression = Conditions.In(contexts, true, false);
        string group = Expression.Text(expression.Fill((string)concurrency["group"]!));
        JToken cancels = concurrency["cancel-in-progress"] ?? false;
        bool cancelInProgress = Expression.Text(cancels.Type == JTokenType.String ? expression.Fill((string)cancels!) : cancels) == "true";
        using IDisposable? entered = _runner.Groups.Enter(
            (string)contexts["github"]!["repository"]!, group, (string?)concurrency["queue"] == "max", cancelInProgress, cancellation);
        return entered is null ? null : run(cancellation.Token);
    }

    /// <summary>
    /// Cancellation of a job: with its workflow, or by its own concurrency group. A job with always() also runs after the cancellation of
    /// its workflow.
    /// </summary>
    private CancellationTokenSource CancellationOfJob() => _cancellation.IsCancellationRequested
        ? new CancellationTokenSource()
        : CancellationTokenSource.CreateLinkedTokenSource(_cancellation.Token);

    private JobResult RunSteps(Job job, JObject contexts, CancellationToken cancelled)
    {
        string environment = Expression.Text(Conditions.In(contexts, true, false).Fill((string?)job.Content["environment"] ?? ""));
        if (environment.Length > 0)
        {
            var rules = EnvironmentRules.Of(_runner, (string)contexts["github"]!["repository"]!, environment);
            string reference = (string)contexts["github"]!["ref_name"]!;
            if (rules.Branches?.Contains(reference) == false)
            {
                _runner.Log($"{_file.Name} {job.Id}: Branch \"{reference}\" is not allowed to deploy to {environment}");
                return new JobResult("failure", []);
            }

            if (rules.HasReviewers && !_started.AwaitApproval(environment, cancelled))
                return cancelled.IsCancellationRequested ? Cancelled : new JobResult("failure", []);
        }

        using var run = new JobRun(_runner, _file, _source, job, contexts, cancelled);
        return run.Run();
    }

    private JobResult Call(Job job, JObject contexts, CancellationToken cancelled)
    {
        Expression expression = Conditions.In(contexts, succeeded: true, failed: false);
        JObject Filled(string what) => new(((JObject?)job.Content[what] ?? []).Properties()
            .Select(property => new JProperty(
                property.Name, property.Value.Type == JTokenType.String ? expression.Fill((string)property.Value!) : property.Value)));
        (WorkflowFile called, WorkflowSource source) = _source.Called(_runner, job.Uses!);
        WorkflowResult result = new WorkflowRun(
            _runner, called, source, _started, (JObject)contexts["github"]!, Filled("with"), Passed(called, Filled("secrets")),
            cancelled).Run();
        string outcome = result.Succeeded ? "success" : result.Jobs.Values.Contains("failure") ? "failure" : Cancelled.Result;
        return new JobResult(outcome, result.Outputs);
    }

    /// <summary>Secrets for a called workflow, which must declare them; a secret that is not set is empty.</summary>
    private static JObject Passed(WorkflowFile called, JObject secrets)
    {
        var declared = (JObject?)called.Content.SelectToken("on.workflow_call.secrets") ?? [];
        if (secrets.Properties().FirstOrDefault(secret => declared[secret.Name] is null) is { } unknown)
            throw new ArgumentException($"{called.Name} has no secret {unknown.Name}");
        return secrets;
    }

    private static JObject WithDefaults(WorkflowFile file, JObject given)
    {
        var declared = (JObject?)(
            file.Content.SelectToken("on.workflow_call.inputs") ?? file.Content.SelectToken("on.workflow_dispatch.inputs")) ?? [];
        var inputs = new JObject();
        foreach (JProperty input in declared.Properties())
        {
            if (given[input.Name] is null && (bool?)input.Value["required"] == true)
                throw new ArgumentException($"{file.Name} requires the input {input.Name}");
            inputs[input.Name] = given[input.Name] ?? input.Value["default"] ?? "";
        }

        return given.Properties().FirstOrDefault(input => declared[input.Name] is null) is { } unknown
            ? throw new ArgumentException($"{file.Name} has no input {unknown.Name}")
            : inputs;
    }
}

/// <summary>Result of a run.</summary>
/// <param name="Succeeded">Whether no job failed.</param>
/// <param name="Jobs">Result of each job: <c>success</c>, <c>failure</c>, <c>skipped</c>, <c>cancelled</c>.</param>
/// <param name="Outputs">Outputs of a called workflow.</param>
internal sealed record WorkflowResult(bool Succeeded, IReadOnlyDictionary<string, string> Jobs, JObject Outputs);

/// <summary>Result of a job, and its outputs.</summary>
internal sealed record JobResult(string Result, JObject Outputs);
