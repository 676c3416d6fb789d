"""CloudFront: distributions are returned as they were sent; policies exist. Route 53: records can be recreated."""

from __future__ import annotations

import unittest
from typing import Any

from botocore.exceptions import ClientError
from testing import client, covers

CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
KINDS = {
    "cache_policy": ("CachePolicy", {"Name": "own", "MinTTL": 1}),
    "origin_request_policy": (
        "OriginRequestPolicy",
        {
            "Name": "own",
            "HeadersConfig": {"HeaderBehavior": "none"},
            "CookiesConfig": {"CookieBehavior": "none"},
            "QueryStringsConfig": {"QueryStringBehavior": "all"},
        },
    ),
    "response_headers_policy": (
        "ResponseHeadersPolicy",
        {"Name": "own", "SecurityHeadersConfig": {"FrameOptions": {"Override": True, "FrameOption": "DENY"}}},
    ),
}


def configuration(reference: str) -> dict[str, Any]:
    origin = {
        "Id": "spa",
        "DomainName": "acme-spa.s3.us-east-2.amazonaws.com",
        "OriginPath": "",
        "CustomHeaders": {"Quantity": 0},
        "S3OriginConfig": {"OriginAccessIdentity": ""},
        "OriginAccessControlId": "E1ACCESS",
        "ConnectionAttempts": 3,
        "ConnectionTimeout": 10,
        "OriginShield": {"Enabled": True, "OriginShieldRegion": "us-east-2"},
    }
    return {
        "CallerReference": reference,
        "Comment": "spa",
        "Enabled": True,
        "HttpVersion": "http2and3",
        "PriceClass": "PriceClass_100",
        "DefaultRootObject": "index.html",
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "spa",
            "ViewerProtocolPolicy": "redirect-to-https",
            "CachePolicyId": CACHING_OPTIMIZED,
            "ResponseHeadersPolicyId": "67f7725c-6f97-4210-82d7-5512b31e9d03",
            "Compress": True,
        },
        "CustomErrorResponses": {
            "Quantity": 1,
            "Items": [{"ErrorCode": 403, "ResponseCode": "200", "ResponsePagePath": "/index.html", "ErrorCachingMinTTL": 10}],
        },
        "Logging": {"Enabled": True, "IncludeCookies": False, "Bucket": "acme-logs.s3.amazonaws.com", "Prefix": "cloudfront/"},
    }


class DistributionTests(unittest.TestCase):
    @covers("cloudfront", "GetDistribution", "CreateDistribution")
    def test_configuration_is_returned_as_sent_and_deployed(self) -> None:
        cloudfront, sent = client("cloudfront"), configuration("one")
        made = cloudfront.create_distribution_with_tags(
            DistributionConfigWithTags={"DistributionConfig": sent, "Tags": {"Items": [{"Key": "Project", "Value": "acme"}]}}
        )["Distribution"]
        self.assertEqual(made["Status"], "Deployed")
        self.assertEqual(made["ARN"], f"arn:aws:cloudfront::111111111111:distribution/{made['Id']}")
        read = cloudfront.get_distribution(Id=made["Id"])["Distribution"]["DistributionConfig"]
        self.assertEqual({key: read[key] for key in sent}, sent)
        self.assertEqual(read["Restrictions"]["GeoRestriction"]["RestrictionType"], "none")
        tags = cloudfront.list_tags_for_resource(Resource=made["ARN"])["Tags"]["Items"]
        self.assertEqual(tags, [{"Key": "Project", "Value": "acme"}])

    @covers("cloudfront", "CreateInvalidation")
    def test_invalidation_is_completed(self) -> None:
        cloudfront = client("cloudfront")
        made = cloudfront.create_distribution(DistributionConfig=configuration("emptied"))["Distribution"]["Id"]
        batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "once"}
        begun = cloudfront.create_invalidation(DistributionId=made, InvalidationBatch=batch)["Invalidation"]
        self.assertEqual(cloudfront.get_invalidation(DistributionId=made, Id=begun["Id"])["Invalidation"]["Status"], "Completed")

    @covers("cloudfront", "UpdateDistribution")
    def test_update_replaces_the_configuration_and_the_etag(self) -> None:
        cloudfront = client("cloudfront")
        made = cloudfront.create_distribution(DistributionConfig=configuration("two"))
        id, sent = made["Distribution"]["Id"], configuration("two")
        sent["Comment"] = "other"
        updated = cloudfront.update_distribution(Id=id, IfMatch=made["ETag"], DistributionConfig=sent)
        self.assertNotEqual(updated["ETag"], made["ETag"])
        self.assertEqual(cloudfront.get_distribution_config(Id=id)["DistributionConfig"]["Comment"], "other")


class PolicyTests(unittest.TestCase):
    @covers("cloudfront", *(f"{verb}{kind}" for kind, _ in KINDS.values() for verb in ("Create", "Get", "Update", "Delete")))
    @covers("cloudfront", *(f"Get{kind}Config" for kind, _ in KINDS.values()))
    def test_custom_policies_are_created_updated_and_deleted(self) -> None:
        cloudfront = client("cloudfront")
        for method, (kind, config) in KINDS.items():
            with self.subTest(kind):
                call = lambda verb, suffix="", **named: getattr(cloudfront, f"{verb}_{method}{suffix}")(**named)  # noqa: E731
                made = call("create", **{f"{kind}Config": config})
                id = made[kind]["Id"]
                self.assertEqual(call("get", "_config", Id=id)[f"{kind}Config"], config)
                with self.assertRaises(ClientError) as raised:
                    call("create", **{f"{kind}Config": config})
                self.assertEqual(raised.exception.response["Error"]["Code"], f"{kind}AlreadyExists")
                changed = call("update", Id=id, IfMatch=made["ETag"], **{f"{kind}Config": {**config, "Comment": "other"}})
                self.assertNotEqual(changed["ETag"], made["ETag"])
                self.assertEqual(call("get", Id=id)[kind][f"{kind}Config"]["Comment"], "other")
                call("delete", Id=id, IfMatch=changed["ETag"])
                with self.assertRaises(ClientError) as raised:
                    call("get", Id=id)
                self.assertEqual(raised.exception.response["Error"]["Code"], f"NoSuch{kind}")

    @covers("cloudfront", "ListCachePolicies", "ListOriginRequestPolicies", "ListResponseHeadersPolicies")
    def test_managed_policies_are_listed(self) -> None:
        cloudfront = client("cloudfront")
        for listed, kind, name in (
            (cloudfront.list_cache_policies(Type="managed"), "CachePolicy", "Managed-CachingOptimized"),
            (cloudfront.list_origin_request_policies(Type="managed"), "OriginRequestPolicy", "Managed-AllViewerExceptHostHeader"),
            (cloudfront.list_response_headers_policies(Type="managed"), "ResponseHeadersPolicy", "Managed-SecurityHeadersPolicy"),
        ):
            items = listed[f"{kind}List"]["Items"]
            self.assertIn(name, [item[kind][f"{kind}Config"]["Name"] for item in items])


class RecordTests(unittest.TestCase):
    @covers("route53", "ChangeResourceRecordSets")
    def test_a_deleted_record_can_be_recreated_and_an_existing_one_cannot(self) -> None:
        route53 = client("route53")
        zone = route53.create_hosted_zone(Name="records.example.com", CallerReference="records")["HostedZone"]["Id"]

        def change(action: str, name: str) -> None:
            record = {"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
            route53.change_resource_record_sets(
                HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]})

        def names() -> list[str]:
            return [r["Name"] for r in route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"] if r["Type"] == "A"]

        change("CREATE", "api.records.example.com")
        change("CREATE", "www.records.example.com")
        change("DELETE", "api.records.example.com")
        change("CREATE", "api.records.example.com")
        self.assertEqual(names(), ["api.records.example.com.", "www.records.example.com."])
        with self.assertRaises(ClientError) as refused:
            change("CREATE", "www.records.example.com")
        self.assertEqual(refused.exception.response["Error"]["Code"], "InvalidChangeBatch")
        self.assertEqual(names(), ["api.records.example.com.", "www.records.example.com."])


if __name__ == "__main__":
    unittest.main()
