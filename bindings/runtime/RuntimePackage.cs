using System.IO.Compression;
using Mono.Cecil;

namespace Infra.Bindings;

/// <summary>The package Amazon.JSII.Runtime, read as published and written with one method changed.</summary>
/// <param name="path">Path of the published .nupkg file.</param>
internal sealed class RuntimePackage(string path)
{
    private const string Assembly = "Amazon.JSII.Runtime.dll";
    private const string Notice = "CHANGES.txt";

    /// <summary>Writes the package to <paramref name="target"/>: changed where its code is known, else the published file itself.</summary>
    /// <param name="version">Version of the package.</param>
    /// <param name="target">Path of the .nupkg file to write; replaced.</param>
    /// <returns>One line that says which.</returns>
    public string WriteRemembering(string version, string target)
    {
        byte[] changed;
        using (ZipArchive published = ZipFile.OpenRead(path))
        using (Stream assembly = published.Entries.Single(entry => entry.Name == Assembly).Open())
        using (var bytes = new MemoryStream())
        {
            assembly.CopyTo(bytes);
            bytes.Position = 0;
            using AssemblyDefinition definition = AssemblyDefinition.ReadAssembly(bytes);
            var scan = new OverrideScan(definition.MainModule);
            if (scan.ReasonToLeave(version) is { } reason)
            {
                File.Copy(path, target, overwrite: true);
                return $"Amazon.JSII.Runtime {version} as published: {reason}";
            }
            scan.Remember();
            using var written = new MemoryStream();
            definition.Write(written);
            changed = written.ToArray();
        }
        Repack(target, changed);
        return $"Amazon.JSII.Runtime {version}, override scan remembered per type";
    }

    private void Repack(string target, byte[] assembly)
    {
        using ZipArchive published = ZipFile.OpenRead(path);
        File.Delete(target);
        using ZipArchive package = ZipFile.Open(target, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in published.Entries)
        {
            // The publisher's signature is over the published content.
            if (entry.Name == ".signature.p7s")
                continue;
            using Stream to = package.CreateEntry(entry.FullName).Open();
            using Stream from = entry.Open();
            if (entry.Name == Assembly)
                to.Write(assembly);
            else if (entry.Name.EndsWith(".nuspec", StringComparison.Ordinal))
                WriteText(to, ReadText(from).Replace("<description>", "<description>CHANGED, see CHANGES.txt: the override scan is remembered per type. ", StringComparison.Ordinal));
            else if (entry.Name == "[Content_Types].xml")
                WriteText(to, ReadText(from).Replace("</Types>", """<Default Extension="txt" ContentType="text/plain" /></Types>""", StringComparison.Ordinal));
            else
                from.CopyTo(to);
        }
        using Stream notice = package.CreateEntry(Notice).Open();
        WriteText(notice, """
            Amazon.JSII.Runtime, Copyright Amazon.com, Inc. or its affiliates, licensed under the Apache License, Version 2.0
            (https://www.apache.org/licenses/LICENSE-2.0); source: https://github.com/aws/jsii.

            This copy was changed. In lib/net6.0/Amazon.JSII.Runtime.dll the local function GetOverrides in the constructor of
            Amazon.JSII.Runtime.Deputy.DeputyBase scans the members of a type once, and those of a type that jsii-pacmak wrote not at all.
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
