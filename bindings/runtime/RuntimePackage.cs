using System.IO.Compression;
using Mono.Cecil;

namespace Infra.Bindings;

/// <summary>The package Amazon.JSII.Runtime, read as published and written with the patches.</summary>
/// <param name="path">Path of the published .nupkg file.</param>
internal sealed class RuntimePackage(string path)
{
    private const string Assembly = "Amazon.JSII.Runtime.dll";
    private const string Notice = "CHANGES.txt";

    /// <summary>
    /// Writes the package to <paramref name="target"/>: with each patch whose code is known, or else the published file itself.
    /// </summary>
    /// <param name="version">Version of the package.</param>
    /// <param name="target">Path of the .nupkg file to write; replaced.</param>
    /// <returns>One line: the applied patches, and why others were not applied.</returns>
    public string WriteShortened(string version, string target)
    {
        using var bytes = new MemoryStream(ReadAssembly());
        using AssemblyDefinition definition = AssemblyDefinition.ReadAssembly(bytes);
        ModuleDefinition module = definition.MainModule;
        IShortcut[] shortcuts = [new OverrideScan(module), new TypeScan(module), new KernelProcess(module)];
        // Checked before anything is changed, because two patches may change the same type.
        ILookup<bool, (IShortcut Shortcut, string? Reason)> known = shortcuts
            .Select(shortcut => (shortcut, ReasonToLeave(shortcut, version))).ToLookup(pair => pair.Item2 is null);
        string left = string.Join("; ", known[false].Select(pair => pair.Reason));
        if (!known[true].Any())
        {
            File.Copy(path, target, overwrite: true);
            return $"Amazon.JSII.Runtime {version} as published: {left}";
        }

        foreach ((IShortcut shortcut, _) in known[true])
            shortcut.Apply();
        using var written = new MemoryStream();
        definition.Write(written);
        Repack(target, written.ToArray());
        string done = $"Amazon.JSII.Runtime {version}, {string.Join(", ", known[true].Select(pair => pair.Shortcut.Words))}";
        return left.Length == 0 ? done : $"{done}; as published: {left}";
    }

    private static string? ReasonToLeave(IShortcut shortcut, string version)
    {
        if (!shortcut.KnownShapes.TryGetValue(version, out string? known))
            return $"{shortcut.Method} was read for version {string.Join(", ", shortcut.KnownShapes.Keys)} only";
        string? shape = shortcut.FindShape();
        return shape == known ? null : $"{shortcut.Method} is not what was read (shape {shape ?? "missing"})";
    }

    private byte[] ReadAssembly()
    {
        using ZipArchive published = ZipFile.OpenRead(path);
        using Stream assembly = published.Entries.Single(entry => entry.Name == Assembly).Open();
        using var bytes = new MemoryStream();
        assembly.CopyTo(bytes);
        return bytes.ToArray();
    }

    private void Repack(string target, byte[] assembly)
    {
        using ZipArchive published = ZipFile.OpenRead(path);
        File.Delete(target);
        using ZipArchive package = ZipFile.Open(target, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in published.Entries)
        {
            // The publisher's signature is only valid for the published content.
            if (entry.Name == ".signature.p7s")
                continue;
            using Stream to = package.CreateEntry(entry.FullName).Open();
            using Stream from = entry.Open();
            if (entry.Name == Assembly)
                to.Write(assembly);
            else if (entry.Name.EndsWith(".nuspec", StringComparison.Ordinal))
                WriteText(
                    to, ReadText(from)
                        .Replace("<description>", "<description>CHANGED, see CHANGES.txt: less work at start and for each construct. ",
                            StringComparison.Ordinal));
            else if (entry.Name == "[Content_Types].xml")
                WriteText(to, ReadText(from)
                    .Replace("</Types>", """<Default Extension="txt" ContentType="text/plain" /></Types>""", StringComparison.Ordinal));
            else
                from.CopyTo(to);
        }
        using Stream notice = package.CreateEntry(Notice).Open();
        WriteText(notice, """
            Amazon.JSII.Runtime, Copyright Amazon.com, Inc. or its affiliates, licensed under the Apache License, Version 2.0
            (https://www.apache.org/licenses/LICENSE-2.0); source: https://github.com/aws/jsii.

            This copy was changed. In lib/net6.0/Amazon.JSII.Runtime.dll:
            - The local function GetOverrides in the constructor of Amazon.JSII.Runtime.Deputy.DeputyBase scans the members of a type once, and
              those of a type that jsii-pacmak wrote not at all.
            - CacheTypes of Amazon.JSII.Runtime.Services.TypeCache skips assemblies without JsiiAssembly.
            - The embedded bin/jsii-runtime.js runs lib/program.js itself instead of in a second process; the constructor of
              Amazon.JSII.Runtime.Services.NodeProcess passes --preserve-symlinks for it.
            Nothing else differs; the publisher's signature is left out, as it is over the unchanged files.

            """);
    }

    private static string ReadText(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return reader.ReadToEnd();
    }

    private static void WriteText(Stream stream, string text)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    }
}
