namespace Infra.Contracts;

/// <summary>Names of the stacks, as <c>cdktf</c>, the state keys and the launcher know them.</summary>
public static class StackNames
{
    /// <summary>State bucket, lock table and GitHub's roles: applied once for each account.</summary>
    public const string Bootstrap = "bootstrap";

    /// <summary>What takes long to create or must not be lost.</summary>
    public const string Base = "base";

    /// <summary>What is charged per hour and can be recreated.</summary>
    public const string Runtime = "runtime";

    /// <summary>CodePipeline and CodeBuild in a tools account.</summary>
    public const string Pipeline = "pipeline";
}
