namespace Infra.Operations.Doctor.Readiness;

/// <summary>Result of a readiness check.</summary>
internal enum CheckState { Met, NotMet, NotApplicable, NotChecked }
