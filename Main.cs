using Infra.Operations.CommandLine;
using Infra.Stacks;

// cdktf runs ./infra synth (cdktf.json), users and workflows every other verb.
return await Launcher.RunAsync(args, StackSynthesizer.Synthesize);
