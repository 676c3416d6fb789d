using NUnit.Framework;

// One jsii kernel, and its client holds no lock: fixtures that synthesize run one after the other. Only what says otherwise,
// deployments in processes of their own, runs beside them.
[assembly: Parallelizable(ParallelScope.None)]
// A deployment waits for the provider's fixed delays nine tenths of its time, so there are more of them at once than processors.
[assembly: LevelOfParallelism(12)]
