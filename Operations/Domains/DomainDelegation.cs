using Infra.Operations.Output;

namespace Infra.Operations.Domains;

/// <summary>Shows the DNS record that the user has to enter, and checks whether it exists.</summary>
/// <param name="reporter">Shows the record.</param>
/// <param name="find">Returns the values of the records of a type and a name.</param>
internal sealed class DomainDelegation(Reporter reporter, Func<string, string, Task<IReadOnlyList<string>>> find)
{
    /// <summary>Shows the record first, so that it can be entered even if the check fails.</summary>
    /// <param name="record">The record.</param>
    /// <param name="again">Command to run once it is entered.</param>
    /// <returns>A summary line.</returns>
    /// <exception cref="OperationException">The DNS does not have it yet.</exception>
    public async Task<string> CheckAsync(DomainRecord record, string again)
    {
        reporter.Line($"  {record.Instruction}:");
        foreach (string value in record.Values)
            reporter.Line($"    {record.Name}  {record.Type}  {value}");
        IReadOnlyList<string> answer = await find(record.Type, record.Name);
        if (record.IsIn(answer))
            return $"domain: {record.Name} has its {record.Type} {(record.Values.Count == 1 ? "record" : "records")}";
        string found = answer.Count == 0 ? "no such record" : string.Join(", ", answer);
        throw OperationException.BadInput(
            $"the DNS does not have the {record.Type} {(record.Values.Count == 1 ? "record" : "records")} of {record.Name} yet; it has "
                + $"{found}",
            $"{record.Instruction}; DNS changes can take hours to propagate\nto continue: {again}");
    }
}
