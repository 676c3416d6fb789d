using System.Diagnostics;
using Infra.Operations.Output;

namespace Infra.Operations.Domains;

/// <summary>Shows the DNS record that the user has to enter, and waits until the DNS has it.</summary>
/// <param name="reporter">Shows the record.</param>
/// <param name="find">Returns the values of the records of a type and a name.</param>
/// <param name="within">How long to wait for the record; zero checks once.</param>
/// <param name="pause">Polling interval.</param>
/// <param name="stopping">Ends the wait.</param>
internal sealed class DomainDelegation(
    Reporter reporter, Func<string, string, Task<IReadOnlyList<string>>> find, TimeSpan within, TimeSpan pause, CancellationToken stopping)
{
    /// <summary>How long a deployment in a terminal waits by default: as long as Terraform waits for the certificate afterwards.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(75);

    /// <summary>Shows the record first, so that it can be entered even if the check fails.</summary>
    /// <param name="record">The record.</param>
    /// <param name="again">Command to run once it is entered.</param>
    /// <returns>A summary line.</returns>
    /// <exception cref="OperationException">The DNS does not have it yet, or the wait was interrupted.</exception>
    public async Task<string> CheckAsync(DomainRecord record, string again)
    {
        string records = record.Values.Count == 1 ? "record" : "records";
        reporter.Line($"  {record.Instruction}:");
        foreach (string value in record.Values)
            reporter.Line($"    {record.Name}  {record.Type}  {value}");
        IReadOnlyList<string> answer = await find(record.Type, record.Name);
        if (!record.IsIn(answer) && within > TimeSpan.Zero)
            answer = await WaitAsync(record, again);
        if (record.IsIn(answer))
            return $"domain: {record.Name} has its {record.Type} {records}";
        string found = answer.Count == 0 ? "no such record" : string.Join(", ", answer);
        throw OperationException.BadInput(
            $"the DNS does not have the {record.Type} {records} of {record.Name} yet; it has {found}",
            $"{record.Instruction}; DNS changes can take hours to propagate\nto continue: {again}");
    }

    private async Task<IReadOnlyList<string>> WaitAsync(DomainRecord record, string again)
    {
        reporter.Line($"  waiting up to {Reporter.Duration(within)} until the DNS has it; Ctrl-C stops, and {again} continues");
        var watch = Stopwatch.StartNew();
        return await reporter.WithStatusAsync("querying the DNS", async () =>
        {
            while (true)
            {
                await PauseAsync(again);
                IReadOnlyList<string> answer = await find(record.Type, record.Name);
                if (record.IsIn(answer) || watch.Elapsed >= within)
                    return answer;
                reporter.Status($"{record.Name}: {(answer.Count == 0 ? "no" : "another")} {record.Type} record after "
                    + Reporter.Duration(watch.Elapsed));
            }
        });
    }

    private async Task PauseAsync(string again)
    {
        try
        {
            await Task.Delay(pause, stopping);
        }
        catch (OperationCanceledException)
        {
            throw new OperationException(
                ExitCode.Interrupted, "interrupted while waiting for the DNS; the zone and the certificate requests stay",
                $"to continue: {again}");
        }
    }
}
