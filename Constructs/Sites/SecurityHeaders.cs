using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudfrontResponseHeadersPolicy;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Sites;

/// <summary>Security headers that restrict what browsers allow a site to do.</summary>
internal static class SecurityHeaders
{
    public static CloudfrontResponseHeadersPolicy Add(Construct scope, string logicalId, StaticSiteProps props) =>
        new CloudfrontResponseHeadersPolicy(scope, "headers", new CloudfrontResponseHeadersPolicyConfig
        {
            Name = props.Context.Names.For(NameRule.CloudFront, props.Name),
            SecurityHeadersConfig = new CloudfrontResponseHeadersPolicySecurityHeadersConfig
            {
                StrictTransportSecurity = new CloudfrontResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurity
                {
                    AccessControlMaxAgeSec = props.Hsts.MaxAgeSeconds,
                    IncludeSubdomains = props.Hsts.IncludeSubdomains,
                    Preload = props.Hsts.Preload,
                    Override = true,
                },
                ContentTypeOptions = new CloudfrontResponseHeadersPolicySecurityHeadersConfigContentTypeOptions { Override = true },
                FrameOptions =
                    new CloudfrontResponseHeadersPolicySecurityHeadersConfigFrameOptions { FrameOption = "DENY", Override = true },
                ReferrerPolicy = new CloudfrontResponseHeadersPolicySecurityHeadersConfigReferrerPolicy
                {
                    ReferrerPolicy = "strict-origin-when-cross-origin",
                    Override = true,
                },
                ContentSecurityPolicy = new CloudfrontResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicy
                {
                    ContentSecurityPolicy = TerraformText.Literal(props.Config.ContentSecurityPolicy),
                    Override = true,
                },
            },
        }).Named(logicalId);
}
