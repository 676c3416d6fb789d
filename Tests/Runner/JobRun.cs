using Infra.Tests.Emulator;
using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>One job: runs its steps in order, scripts of the YAML with bash, actions with their fakes.</summary>
internal sealed class JobRun : IDisposable
{
    private readonly Job _job;
    private readonly JObject _contexts;
    private readonly JobMachine _machine;
    private readonly CancellationToken _cancelled;
    private bool _failed;

    public JobRun(WorkflowRunner runner, WorkflowFile file, WorkflowSource source, Job job, JObject contexts, CancellationToken cancelled)
    {
        _job = job;
        _cancelled = cancelled;
        _contexts = contexts;
        JobClaims claims = Claims(file, source, job, contexts);
        contexts["job"] =
            new JObject
            {
                ["workflow_repository"] = source.Repository,
                ["workflow_sha"] = source.Commit,
                ["workflow_ref"] = claims.Workflow,
                ["workflow_file_path"] = file.Path,
            };
        JObject permissions = TokenPermissions.Of(file, job);
        contexts["github"]!["token"] = runner.GitHub.IssueToken(claims.Repository, TokenPermissions.Have(permissions, "actions", "read"));
        _machine = new JobMachine(runner, $"{file.Name} {job.Id}", claims, (JObject)contexts["github"]!, permissions);
        Expression expression = Conditions.In(contexts, succeeded: true, failed: false);
        foreach (JProperty variable in Properties(file.Content["env"]).Concat(Properties(job.Content["env"])))
            _machine.Variables[variable.Name] = Expression.Text(Filled(expression, variable.Value));
        _contexts["env"] = new JObject(_machine.Variables.Select(variable => new JProperty(variable.Key, variable.Value)));
        _contexts["steps"] = new JObject();
    }

    public JobResult Run()
    {
        Steps(_job.Steps, _contexts, (string?)_job.Content.SelectToken("defaults.run.working-directory"));
        Expression expression = Conditions.In(_contexts, !_failed, _failed);
        return new JobResult(
            _cancelled.IsCancellationRequested ? "cancelled" : _failed ? "failure" : "success",
            new JObject(
                Properties(_job.Content["outputs"]).Select(output => new JProperty(output.Name, Filled(expression, output.Value)))));
    }

    public void Dispose() => _machine.Dispose();

    private void Steps(IEnumerable<JObject> steps, JObject contexts, string? folder)
    {
        foreach (JObject step in steps)
        {
            bool cancelled = _cancelled.IsCancellationRequested;
            if (!Conditions.Hold((string?)step["if"], contexts, !_failed && !cancelled, _failed && !cancelled, cancelled))
                continue;
            JObject outputs = Step(step, contexts, folder);
            if ((string?)step["id"] is { } id)
                contexts["steps"]![id] = new JObject { ["outputs"] = outputs };
        }
    }

    private JObject Step(JObject step, JObject contexts, string? folder)
    {
        Expression expression = Conditions.In(contexts, !_failed, _failed);
        JObject with = new(Properties(step["with"]).Select(input => new JProperty(input.Name, Filled(expression, input.Value))));
        switch ((string?)step["uses"])
        {
            case null:
                Dictionary<string, string> variables = Properties(step["env"])
                    .ToDictionary(variable => variable.Name, variable => Expression.Text(Filled(expression, variable.Value)));
                string workingDirectory = Expression.Text(expression.Fill((string?)step["working-directory"] ?? folder ?? "."));
                (bool succeeded, JObject outputs) = _machine.Script((string)step["run"]!, workingDirectory, variables, _cancelled);
                _failed |= !succeeded;
                return outputs;
            case { } local when local.StartsWith("./", StringComparison.Ordinal):
                return Composite(local, with);
            case { } action:
                try
                {
                    return Fakes.Of(action)(_machine, with);
                }
                catch (UnauthorizedAccessException e) when ((bool?)step["continue-on-error"] is true)
                {
                    _machine.WorkflowRunner.Log($"{action}: {e.Message}");
                    return [];
                }
        }
    }

    /// <summary>A composite action is in the checkout, in any folder: <c>./infra/.github/actions/setup</c>.</summary>
    private JObject Composite(string path, JObject with)
    {
        if (!File.Exists(Path.Combine(_machine.Workspace, path, "action.yml")))
            throw new FileNotFoundException($"{path} is not in the workspace: a checkout step must run before it");
        WorkflowFile action =
            WorkflowFile.Load(Path.Combine(".github", path[(path.IndexOf(".github/", StringComparison.Ordinal) + 8)..], "action.yml"));
        var contexts = (JObject)_contexts.DeepClone();
        contexts["steps"] = new JObject();
        Expression defaults = Conditions.In(contexts, !_failed, _failed);
        // Inputs of actions are strings, whatever their values are.
        contexts["inputs"] =
            new JObject(Properties(action.Content["inputs"]).Select(input => new JProperty(
                input.Name, Expression.Text(with[input.Name] ?? Filled(defaults, input.Value["default"] ?? "")))));
        Steps(action.Steps, contexts, folder: null);
        Expression expression = Conditions.In(contexts, !_failed, _failed);
        JObject outputs = new(Properties(action.Content["outputs"])
            .Select(output => new JProperty(output.Name, expression.Fill((string)output.Value["value"]!))));
        // Here, GitHub's machine would build.
        if (path.EndsWith("/actions/setup", StringComparison.Ordinal) && Expression.Text(outputs["tool"]!) != "true")
            _machine.AddBuild((string)contexts["inputs"]!["path"]!);
        return outputs;
    }

    private static JobClaims Claims(WorkflowFile file, WorkflowSource source, Job job, JObject contexts)
    {
        JToken github = contexts["github"]!;
        string reference = (string)github["ref"]!;
        return new JobClaims(
            (string)github["repository"]!,
            reference,
            (string)github["event_name"]!,
            Expression.Text(Conditions.In(contexts, true, false).Fill((string?)job.Content["environment"] ?? "")),
            $"{source.Repository}/{file.Path}@{source.Ref}");
    }

    private static IEnumerable<JProperty> Properties(JToken? token) => (token as JObject ?? []).Properties();

    private static JToken Filled(Expression expression, JToken value) =>
        value.Type == JTokenType.String ? expression.Fill((string)value!) : value;
}
