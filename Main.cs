using Infra.Operations.CommandLine;
using Infra.Stacks;

// No arguments: synthesize, which is how cdktf calls; a verb: Operations.
return await Launcher.RunAsync(args, StackSynthesizer.Synthesize);
