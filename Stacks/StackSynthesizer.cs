using HashiCorp.Cdktf;
using Infra.Contracts;
using Infra.Insight;

namespace Infra.Stacks;

/// <summary>Synthesizes the Terraform JSON of an environment's stacks.</summary>
internal static class StackSynthesizer
{
    /// <summary>
    /// Writes <c>stacks/{bootstrap,base,runtime}/cdk.tf.json</c>, or <c>{bootstrap,pipeline}</c> for a pipeline, and <c>manifest.json</c>
    /// to the request's folder.
    /// </summary>
    public static SynthesisResult Synthesize(SynthesisRequest request)
    {
        Directory.CreateDirectory(request.OutDir);
        JsiiFolder.Use(() => Build(request).Synth());
        return new SynthesisResult([.. PermissionFindings.Of(request.Environment.File, StackJson.ReadAll(request.OutDir))]);
    }

    /// <summary>Builds the construct tree without writing anything.</summary>
    internal static App Build(SynthesisRequest request)
    {
        var app = new App(new AppConfig { Outdir = request.OutDir });
        var deployment = Deployment.Of(request);
        var resources = new StackResources(request);
        if (deployment.Config.Pipeline is not null)
        {
            resources.Add(deployment, new PipelineStack(app, deployment));
        }
        else
        {
            var @base = new BaseStack(app, deployment);
            var runtime = new RuntimeStack(app, deployment, @base.Published);
            runtime.AddDependency(@base);
            resources.Add(deployment, @base, runtime);
        }

        // Last, because its permissions are derived from the other stacks.
        new BootstrapStack(app, deployment, resources);
        return app;
    }
}
