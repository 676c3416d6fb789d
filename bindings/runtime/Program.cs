using Infra.Bindings;

if (args is not [string published, string target, string version])
{
    Console.Error.WriteLine("usage: RememberOverrides PUBLISHED.nupkg TARGET.nupkg VERSION");
    return 2;
}
Console.WriteLine(new RuntimePackage(published).WriteRemembering(version, target));
return 0;
