using System.Globalization;
using Spectre.Console;

namespace Infra.Operations.Output;

/// <summary>
/// Writes all output for the user. On a terminal with colours and a status line; otherwise (pipe, CI, <c>NO_COLOR</c>, dumb terminal)
/// complete plain lines, without colour codes or cursor movement.
/// </summary>
internal sealed class Reporter
{
    // The spinner and the spaces around it.
    private const int WidthOfSpinner = 5;

    private readonly IAnsiConsole _console;
    private readonly IAnsiConsole _problems;
    private readonly Lock _gate = new();
    private StatusContext? _status;

    /// <param name="output">Standard output: everything except reasons for failure.</param>
    /// <param name="problems">Standard error: the reason for a failure; cdktf shows only this of a failed synth.</param>
    /// <param name="interactive">Whether the output is a terminal.</param>
    /// <param name="redactor">Hides secrets.</param>
    public Reporter(TextWriter output, TextWriter problems, bool interactive, Redactor? redactor = null)
    {
        Interactive = interactive;
        Redactor = redactor ?? new Redactor();
        _console = Open(output, interactive);
        _problems = Open(problems, interactive);
    }

    /// <summary>A reporter that writes everything to one console.</summary>
    internal Reporter(IAnsiConsole console, bool interactive, Redactor redactor)
    {
        Interactive = interactive;
        Redactor = redactor;
        _console = _problems = console;
    }

    /// <summary>Whether the output is interactive: a status line and prompts may be shown.</summary>
    public bool Interactive { get; }

    /// <summary>Columns of the terminal; without one, a number that no line reaches.</summary>
    public int Width => _console.Profile.Width;

    public Redactor Redactor { get; }

    /// <summary>Reporter for the console, depending on its environment.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static Reporter ForConsole(Func<string, string?> variable) =>
        new(Console.Out, Console.Error, IsTerminal(Console.IsOutputRedirected || Console.IsErrorRedirected, variable));

    /// <summary>Whether to use colours and cursor movement.</summary>
    /// <param name="redirected">Whether the output is not a terminal.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static bool IsTerminal(bool redirected, Func<string, string?> variable) =>
        !redirected
        && string.IsNullOrEmpty(variable("NO_COLOR"))
        && string.IsNullOrEmpty(variable("CI"))
        && variable("TERM") is not (null or "" or "dumb");

    /// <summary>A heading: the current step.</summary>
    public void Step(string text) => Write(text, new Style(decoration: Decoration.Bold));

    public void Line(string text = "") => Write(text, Style.Plain);

    public void Detail(string text) => Write(text, new Style(Color.Grey));

    public void Good(string text) => Write(text, new Style(Color.Green));

    public void Warn(string text) => Write(text, new Style(Color.Yellow));

    public void Error(string text) => Write(text, new Style(Color.Red));

    /// <summary>The error and, below it, the remedy.</summary>
    public void Failure(string message, string? remedy)
    {
        Write(_problems, $"error: {message}", new Style(Color.Red));
        foreach (string line in (remedy ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Problem($"       {line}");
    }

    /// <summary>A line of the reason for a failure.</summary>
    public void Problem(string text) => Write(_problems, text, Style.Plain);

    /// <summary>Runs an action with a status line; without a terminal only the action.</summary>
    public async Task<T> WithStatusAsync<T>(string text, Func<Task<T>> action)
    {
        if (!Interactive || _status is not null)
            return await action();
        return await _console.Status().StartAsync(Markup.Escape(OneLine(text)), async context =>
        {
            _status = context;
            try
            {
                return await action();
            }
            finally
            {
                _status = null;
            }
        });
    }

    /// <summary>Updates the status line; does nothing without a terminal.</summary>
    public void Status(string text)
    {
        if (_status is not { } status)
            return;
        status.Status = Markup.Escape(OneLine(Redactor.Apply(text)));
        status.Refresh();
    }

    // Spectre aligns the lines of a longer one to the right, and cannot redraw it if the terminal is made narrower.
    private string OneLine(string text)
    {
        int longest = Math.Max(1, Width - WidthOfSpinner);
        return text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
    }

    /// <summary>Whether the user can be prompted.</summary>
    public bool CanAsk => Interactive && !Console.IsInputRedirected;

    /// <summary>Prompts for a line of text; only if <see cref="CanAsk"/>.</summary>
    public async Task<string> AskAsync(string question, CancellationToken cancellation)
    {
        _console.Write(new Text(question + " ", new Style(decoration: Decoration.Bold)));
        // Reading cannot be cancelled, but waiting for it can.
        string? answer = await Task.Run(Console.ReadLine, cancellation).WaitAsync(cancellation);
        return answer?.Trim() ?? "";
    }

    /// <summary>Prompts for a value without showing it; only if <see cref="CanAsk"/>.</summary>
    public Task<string> AskSecretAsync(string question, CancellationToken cancellation) =>
        new TextPrompt<string>($"[bold]{Markup.Escape(question)}[/]").Secret(mask: null).AllowEmpty().ShowAsync(_console, cancellation);

    /// <summary>Whole seconds, in Terraform's format: <c>8s</c>, <c>1m20s</c>, <c>1h02m</c>.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s")
        : Duration(time);

    /// <summary><c>0.8s</c>, <c>12s</c>, <c>1m20s</c>, <c>1h02m</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0}s"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}m{time.Seconds:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h{time.Minutes:00}m"),
    };

    /// <summary>A reporter that leaves standard output to this one, for JSON: it writes everything to standard error.</summary>
    public Reporter OnlyProblems() => new(_problems, Interactive, Redactor);

    private static IAnsiConsole Open(TextWriter writer, bool interactive)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        // Spectre wraps at 80 columns if it cannot detect the width; lines of a log must not be wrapped.
        if (!interactive)
            console.Profile.Width = short.MaxValue;
        return console;
    }

    private void Write(string text, Style style) => Write(_console, text, style);

    private void Write(IAnsiConsole console, string text, Style style)
    {
        lock (_gate)
            console.Write(new Text(Redactor.Apply(text) + "\n", style));
    }
}
