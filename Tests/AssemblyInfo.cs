using NUnit.Framework;

// One jsii kernel, and its client holds no lock: fixtures that synthesize run one after the other. Only what says otherwise,
// deployments in processes of their own, runs beside them.
[assembly: Parallelizable(ParallelScope.None)]
[assembly: LevelOfParallelism(12)]
