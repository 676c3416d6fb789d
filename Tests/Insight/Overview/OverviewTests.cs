using Infra.Insight;
using Infra.Insight.Overview;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight.Overview;

[Property("Row", "X6")]
internal sealed class OverviewTests
{
    [Test]
    public void PublicEntries_ArePortsOfWhatHasAPublicAddress()
    {
        IReadOnlyList<StackJson> stacks = Stacks("""
            "aws_security_group": { "web": { "name": "web" } },
            "aws_vpc_security_group_ingress_rule": {
              "https": { "security_group_id": "${aws_security_group.web.id}", "cidr_ipv4": "0.0.0.0/0", "ip_protocol": "tcp",
                "from_port": 443, "to_port": 443 },
              "office": { "security_group_id": "${aws_security_group.web.id}", "cidr_ipv4": "192.0.2.0/24", "ip_protocol": "tcp",
                "from_port": 8000, "to_port": 8010 },
              "group": { "security_group_id": "${aws_security_group.web.id}", "ip_protocol": "tcp", "from_port": 22, "to_port": 22,
                "referenced_security_group_id": "${aws_security_group.web.id}" } },
            "aws_lb": { "public": { "name": "public", "internal": false, "security_groups": ["${aws_security_group.web.id}"] },
              "internal": { "name": "internal", "internal": true, "security_groups": ["${aws_security_group.web.id}"] } },
            "aws_db_instance": { "db": { "identifier": "db", "vpc_security_group_ids": ["${aws_security_group.web.id}"] } },
            "aws_wafv2_web_acl": { "waf": { "name": "firewall" } },
            "aws_wafv2_web_acl_association": { "waf": { "resource_arn": "${aws_lb.public.arn}",
              "web_acl_arn": "${aws_wafv2_web_acl.waf.arn}" } },
            "aws_cloudfront_distribution": { "site": { "aliases": ["example.com"],
              "default_cache_behavior": { "viewer_protocol_policy": "redirect-to-https" } } }
            """);
        Assert.That(
            PublicEntry.Of(stacks).Select(entry => $"{entry.Name}: {entry.Ports} from {entry.From}, {entry.Protection ?? "no WAF"}"),
            Is.EqualTo(new[]
            {
                "example.com: 443 (tcp), 80 redirects to it from the internet, no WAF",
                "public: 443 (tcp) from the internet, firewall",
                "public: 8000 to 8010 (tcp) from 192.0.2.0/24, firewall",
            }));
    }

    [Test]
    public void Backups_HaveScheduleRetentionCopiesLockAndSelection()
    {
        BackupRule rule = BackupRule.Of(Stacks("""
            "aws_backup_vault": { "vault": { "name": "acme" }, "copy": { "name": "acme", "provider": "aws.us-west-2" } },
            "aws_backup_vault_lock_configuration": { "vault": { "backup_vault_name": "${aws_backup_vault.vault.name}",
              "min_retention_days": 7 } },
            "aws_backup_plan": { "plan": { "name": "daily", "rule": { "rule_name": "daily", "schedule": "cron(0 2 * * ? *)",
              "target_vault_name": "${aws_backup_vault.vault.name}", "lifecycle": { "delete_after": 35 },
              "copy_action": [{ "destination_vault_arn": "${aws_backup_vault.copy.arn}" }] } } },
            "aws_backup_selection": { "all": { "plan_id": "${aws_backup_plan.plan.id}", "resources": ["arn:aws:s3:::acme-files"],
              "selection_tag": [{ "key": "Backup", "value": "acme" }] } }
            """)).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rule.Schedule, Is.EqualTo("cron(0 2 * * ? *), UTC"));
            Assert.That(rule.RetentionDays, Is.EqualTo(35));
            Assert.That(rule.Copies, Is.EqualTo(new[] { "acme in us-west-2, kept forever" }));
            Assert.That(rule.Lock, Is.EqualTo("at least 7 days"));
            Assert.That(rule.Selection, Is.EqualTo(new[] { "arn:aws:s3:::acme-files", "tag Backup = acme" }));
        }
    }

    [Test]
    public void DataProtection_IsWhatEachResourceHas() => Assert.That(
        DataProtection.Of(Stacks("""
            "aws_db_instance": { "a": { "identifier": "kept", "backup_retention_period": 35, "deletion_protection": true },
              "b": { "identifier": "disposable", "backup_retention_period": 0 } },
            "aws_dynamodb_table": { "a": { "name": "sessions", "point_in_time_recovery": { "enabled": true },
              "lifecycle": { "prevent_destroy": true } }, "b": { "name": "cache" } },
            "aws_s3_bucket": { "a": { "bucket": "files" }, "b": { "bucket": "logs" } },
            "aws_s3_bucket_versioning": { "a": { "bucket": "${aws_s3_bucket.a.id}",
              "versioning_configuration": { "status": "Enabled" } } }
            """)).Select(data => $"{data.Name}: {data.Recovery}; {data.Deletion}"),
        Is.EqualTo(new[]
        {
            "kept: point in time, 35 days; AWS's deletion protection",
            "disposable: no automated backups; none",
            "sessions: point in time, 35 days; Terraform's prevent_destroy",
            "cache: no point-in-time recovery; none",
            "files: earlier versions of objects; none",
            "logs: no versioning; none",
        }));

    [Test]
    public void Alarms_HaveTheirTopics_AndEventsOnlyIfTheyNotify() => Assert.That(
        AlarmLine.Of(Stacks("""
            "aws_sns_topic": { "alerts": { "name": "acme-alerts" } },
            "aws_cloudwatch_metric_alarm": { "cpu": { "alarm_name": "cpu", "alarm_description": "CPU above 80 %", "namespace": "AWS/ECS",
              "metric_name": "CPUUtilization", "alarm_actions": ["${aws_sns_topic.alerts.arn}"] },
              "silent": { "alarm_name": "silent" } },
            "aws_cloudwatch_event_rule": { "failed": { "name": "failed", "description": "Jobs that failed" },
              "starts": { "name": "starts" } },
            "aws_cloudwatch_event_target": { "failed": { "rule": "${aws_cloudwatch_event_rule.failed.name}",
              "arn": "${aws_sns_topic.alerts.arn}" } }
            """)).Select(alarm => $"{alarm.Name}: {alarm.Description}; {alarm.Source}; {string.Join(", ", alarm.Notifies)}"),
        Is.EqualTo(new[]
        {
            "failed: Jobs that failed; EventBridge event; acme-alerts",
            "cpu: CPU above 80 %; AWS/ECS CPUUtilization; acme-alerts",
            "silent: ; expression of several metrics; ",
        }));

    private static StackJson[] Stacks(string resources) =>
        [new StackJson("base", JObject.Parse($$"""{ "resource": { {{resources}} } }"""))];
}
