namespace Infra.Operations.Aws;

/// <summary>Lineage and serial of a state; Terraform increments the serial with each write.</summary>
/// <param name="Lineage">ID that the state got when it was first written; empty if there is no state yet.</param>
/// <param name="Serial">Number of the write.</param>
internal sealed record StateSerial(string Lineage, long Serial)
{
    public static readonly StateSerial None = new("", 0);
}
