using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>Terraform and the provider's schema take every stack of every environment file.</summary>
[Category("Terraform")]
[Parallelizable(ParallelScope.Self)]
internal sealed class TerraformValidateTests
{
    private readonly string _broken = Path.Combine(SynthesisFolder.FullName, "broken");

    private IReadOnlyDictionary<(string OutDir, string Stack), IReadOnlyList<string>> _diagnostics = null!;

    [OneTimeSetUp]
    public async Task ValidateAll()
    {
        string stack = Path.Combine(_broken, "stacks", "broken");
        Directory.CreateDirectory(stack);
        await File.WriteAllTextAsync(Path.Combine(stack, "cdk.tf.json"), """
            {
              "terraform": { "required_providers": { "aws": { "source": "aws", "version": "5.100.0" } } },
              "resource": { "aws_vpc": { "vpc": { "cidr_blok": "10.0.0.0/16" } } }
            }
            """);
        _diagnostics = await TerraformValidator.RunAsync(
            [.. Example.WithPipelines.Select(example => example.Deployment.OutDir),
                .. Variants.All.Values.Select(variant => variant.Value.OutDir), _broken]);
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks))]
    public void Stack_IsValid(Example example, string stack) =>
        Assert.That(_diagnostics[(example.Deployment.OutDir, stack)], Is.Empty);

    [TestCaseSource(typeof(Variants), nameof(Variants.Names)), Property("Row", "D5"), Property("Row", "T6")]
    public void Variant_IsValid(string variant) =>
        Assert.That(
            SynthesizedDeployment.StackIds.SelectMany(stack => _diagnostics[(Variants.All[variant].Value.OutDir, stack)]), Is.Empty);

    [Test]
    public void Validator_FindsWhatTheProviderDoesNotKnow() =>
        Assert.That(_diagnostics[(_broken, "broken")], Has.Some.Contains("cidr_blok"));

    [Test]
    public async Task Validator_OfOneStackWithoutVariables_FindsTheSame()
    {
        IReadOnlyDictionary<(string OutDir, string Stack), IReadOnlyList<string>> found = await TerraformValidator.RunAsync([_broken]);
        Assert.That(found[(_broken, "broken")], Is.EqualTo(_diagnostics[(_broken, "broken")]));
    }
}
