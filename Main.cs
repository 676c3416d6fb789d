using System.Reflection;
using Infra.Constructs.Extensions;
using Infra.Operations.CommandLine;
using Infra.Stacks;

try
{
    ExtensionRegistry.AddFrom(Assembly.GetExecutingAssembly());
}
catch (ArgumentException mistake)
{
    Console.Error.WriteLine($"error: {mistake.Message}");
    return 2;
}

// cdktf runs ./infra synth (cdktf.json), users and workflows every other verb.
return await Launcher.RunAsync(args, StackSynthesizer.Synthesize);
