using NUnit.Framework;

// One jsii kernel serves the run, and its .NET client holds no lock.
[assembly: NonParallelizable]
[assembly: LevelOfParallelism(1)]
