using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Architecture;

/// <summary>Data flows one way: docs/architecture.md. What a folder imports is read from its sources.</summary>
internal sealed class ArchitectureTests
{
    // What each project may import in addition to what those import.
    private static readonly Dictionary<string, string[]> s_below = new()
    {
        ["Naming"] = [],
        ["Configuration"] = ["Naming"],
        ["Contracts"] = ["Configuration", "Naming"],
        ["Constructs"] = ["Contracts", "Configuration", "Naming"],
        ["Extensions"] = ["Constructs", "Contracts", "Configuration", "Naming"],
        ["Insight"] = [],
        ["Policies"] = ["Insight"],
        ["Stacks"] = ["Constructs", "Contracts", "Configuration", "Naming", "Insight"],
        ["Operations"] = ["Contracts", "Configuration", "Naming", "Insight", "Policies"],
    };

    // Of Operations: what verbs are made of. The other folders are verbs and may import each other, but not in a circle.
    private static readonly HashSet<string> s_foundation =
    [
        "Output", "Processes", "Workspace", "Aws", "AwsClients", "Terraform", "Plans", "Emulator", "Sessions", "Ledger", "Tasks", "Verbs",
        "Findings",
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, SourceFolder>> s_folders = new(() => SourceFolder.ReadAll(
        Sources.In(s_below.Keys.Append("Tests")).Select(file => (file, File.ReadAllText(file)))));

    [Test]
    public void Projects_AreTheSourceFolders() => Assert.That(s_below.Keys.Append("bindings"), Is.EquivalentTo(Sources.Folders));

    [Test]
    public void Folders_DoNotImportEachOtherInACircle() => Assert.That(SourceFolder.Cycles(s_folders.Value), Is.Empty);

    [Test]
    public void Projects_ImportOnlyThoseBelow() => Assert.That(
        from folder in s_folders.Value.Values
        let project = folder.Name.Split('.')[1]
        where project != "Tests"
        from import in folder.Imports
        let other = import.Key.Split('.')[1]
        where other != project && !s_below[project].Contains(other)
        select $"{folder.Name} imports {import.Key} in {string.Join(", ", import.Value)}",
        Is.Empty);

    [Test]
    public void WhatVerbsAreMadeOf_ImportsNoVerb() => Assert.That(
        from folder in s_folders.Value.Values
        where folder.Name.Split('.') is ["Infra", "Operations", var name, ..] && s_foundation.Contains(name)
        from import in folder.Imports
        where import.Key.Split('.') is ["Infra", "Operations", var other, ..] && !s_foundation.Contains(other)
        select $"{folder.Name} imports {import.Key} in {string.Join(", ", import.Value)}",
        Is.Empty);

    [Test]
    public void AllFoldersOfTheFoundation_Exist() =>
        Assert.That(s_foundation.Where(name => !s_folders.Value.ContainsKey($"Infra.Operations.{name}")), Is.Empty);

    /// <summary>So that an SDK client can take the place of each typed client.</summary>
    [Test]
    public void ProtocolsOfAws_AreUsedOnlyByTheTypedClients() => Assert.That(
        from file in Sources.In(s_below.Keys)
        where !file.Contains(Path.Combine("Operations", "Aws"), StringComparison.Ordinal)
            && File.ReadAllText(file).Contains(".Api(\"", StringComparison.Ordinal)
        select file,
        Is.Empty);

    [Test]
    public void InternalTypesOfTheAwsSdk_AreNotUsed() => Assert.That(
        Sources.In(s_below.Keys).Where(file => File.ReadAllText(file).Contains("Amazon.Runtime.Internal", StringComparison.Ordinal)),
        Is.Empty);
}
