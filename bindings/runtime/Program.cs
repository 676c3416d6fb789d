using Infra.Bindings;

if (args is not [string published, string target, string version])
{
    Console.Error.WriteLine("usage: ShortenRuntime PUBLISHED.nupkg TARGET.nupkg VERSION");
    return 2;
}
Console.WriteLine(new RuntimePackage(published).WriteShortened(version, target));
return 0;
