using NUnit.Framework;

// There is one jsii kernel, and its client holds no lock: fixtures that synthesize run one after the other. Only fixtures that are marked
// as parallel, which run deployments, run at the same time; they synthesize under Jsii's lock.
[assembly: Parallelizable(ParallelScope.None)]
[assembly: LevelOfParallelism(14)]
