namespace Infra.Tests.Support;

/// <summary>Environments at the limits of what an environment file may contain; cases that no example has.</summary>
internal static class Variants
{
    /// <summary>Names as long and as unusual as the schema allows; no domain, three zones, a region far from us-east-1.</summary>
    public static Lazy<SynthesizedDeployment> Extremes { get; } = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("an-environment-x", """
        {
          "name": "an-environment-x", "project": "a-project-of-twenty-four", "account": "111111111111", "region": "ap-southeast-2",
          "github": { "repository": "acme/tap" },
          "naming": { "bucket": "{env}-{purpose}-{account}" },
          "network": { "zones": ["a", "b", "c"], "nat": "perZone" },
          "services": {
            "a-service-of-thirty-two-letters1": {
              "port": 8000, "paths": ["/long/*"], "repository": "team/the.app", "autoscaling": { "min": 1, "max": 2 },
              "parameters": { "A": "Feature.Flags_1/On", "B": "feature-flags" },
              "secrets": { "KEY": "partners/api+key@example.com", "OTHER": "partners-api-key" },
              "uses": { "secrets": ["partners/api+key@example.com"] }
            },
            "b": { "port": 8001 }
          },
          "sites": { "app": {}, "app-ipv6": {} },
          "tables": { "sessions": { "partitionKey": "pk:S" } },
          "repositories": { "team/the.app": {}, "team_the-app": {}, "team-the-app": {} },
          "database": {},
          "parameters": { "Feature.Flags_1/On": "1", "feature-flags": "2", "feature/flags": "3" },
          "secrets": {
            "partners/api+key@example.com": { "generate": true }, "partners-api-key": { "generate": true }, "partners/api-key": {}
          },
          "observability": { "alertEmails": ["a@example.com", "b@example.com"] },
          "security": { "ingressCidrs": ["203.0.113.0/24", "198.51.100.0/24"] }
        }
        """)));

    /// <summary>Only the required members of an environment file.</summary>
    public static Lazy<SynthesizedDeployment> Minimal { get; } = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", """
        { "name": "dev", "project": "acme", "account": "111111111111", "region": "eu-west-1" }
        """)));

    /// <summary>System D without a domain.</summary>
    public static Lazy<SynthesizedDeployment> WithoutDomain { get; } = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", """
        {
          "extends": "@/examples/durable-code/dev.json", "domain": null, "smoke": [],
          "services": { "backend": { "host": null }, "frontend": { "host": null } }
        }
        """)));

    /// <summary>System T outside of us-east-1, with its DNS elsewhere.</summary>
    public static Lazy<SynthesizedDeployment> DnsElsewhere { get; } = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("poc", """
        { "extends": "@/examples/tap/poc.json", "domain": { "zone": "none" }, "region": "us-east-2" }
        """)));

    /// <summary>Egress only through endpoints, its own KMS key, two databases, SecureStrings.</summary>
    public static Lazy<SynthesizedDeployment> WithoutNat { get; } = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", """
        {
          "name": "dev", "project": "acme", "account": "111111111111", "region": "eu-west-1",
          "network": { "nat": "none", "endpoints": ["ecr.api", "ecr.dkr", "logs", "secretsmanager"] },
          "services": { "web": { "port": 8000, "secrets": { "DATABASE_URL": "database-url", "REPORTING_URL": "reporting-database-url", "MASTER": "reporting-database-master" } } },
          "database": {}, "databases": { "reporting": { "instanceClass": "db.m7g.large", "storageGiB": 100 } },
          "secureParameters": { "partner/token": { "generate": true }, "partner/account": { "description": "Account of the partner" } },
          "security": { "encryption": "customer" }
        }
        """)));

    /// <summary>Egress through a NAT instance, endpoints in addition, all account-wide settings.</summary>
    public static Lazy<SynthesizedDeployment> NatInstance { get; } = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", """
        {
          "name": "dev", "project": "acme", "account": "111111111111", "region": "eu-west-1",
          "network": { "nat": "instance", "endpoints": ["logs"] }, "services": { "web": { "port": 8000 } },
          "security": { "encryption": "customer", "account": { "guardDuty": true, "securityHub": ["aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/3.0.0"] } }
        }
        """)));

    public static IReadOnlyDictionary<string, Lazy<SynthesizedDeployment>> All { get; } =
        new Dictionary<string, Lazy<SynthesizedDeployment>>
        {
            ["extremes"] = Extremes,
            ["minimal"] = Minimal,
            ["without a domain"] = WithoutDomain,
            ["DNS elsewhere"] = DnsElsewhere,
            ["without NAT"] = WithoutNat,
            ["NAT instance"] = NatInstance,
        };

    public static IEnumerable<string> Names => All.Keys;
}
