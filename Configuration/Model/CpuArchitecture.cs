using System.Runtime.Serialization;

namespace Infra.Configuration.Model;

/// <summary>Processor architecture of an image.</summary>
public enum CpuArchitecture
{
    [EnumMember(Value = "x86_64")]
    X64,
    Arm64,
}
