namespace Infra.Operations.Aws;

/// <summary>Which writing of a state it is; Terraform counts the serial up with each.</summary>
/// <param name="Lineage">Id that the state got when it was first written; empty where there is none yet.</param>
/// <param name="Serial">Number of the writing.</param>
internal sealed record StateSerial(string Lineage, long Serial)
{
    public static readonly StateSerial None = new("", 0);
}
