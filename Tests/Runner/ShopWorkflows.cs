namespace Infra.Tests.Runner;

/// <summary>Workflows of the application acme/shop, whose infrastructure is acme/desk.</summary>
internal static class ShopWorkflows
{
    /// <summary>Ships to the account of its branch, with the workflows of that branch.</summary>
    public const string Shipping = """
        on: push
        permissions: {}
        jobs:
          sandbox:
            if: github.ref_name == 'test'
            permissions: { actions: read, contents: read, id-token: write }
            uses: acme/desk/.github/workflows/deploy-to-aws.yml@test
            with: { environment: stage, service: web }
          production:
            if: github.ref_name == 'main'
            permissions: { actions: read, contents: read, id-token: write }
            uses: acme/desk/.github/workflows/deploy-to-aws.yml@main
            with: { environment: live, service: web }
        """;

    /// <summary>Assumes the role of releases without the workflow that may.</summary>
    public const string OwnRelease = """
        on: push
        permissions: {}
        jobs:
          release:
            runs-on: ubuntu-latest
            environment: live
            permissions: { id-token: write }
            steps:
              - uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c
                with: { role-to-assume: "arn:aws:iam::222222222222:role/desk-live-infra-release", aws-region: eu-central-1 }
        """;
}
