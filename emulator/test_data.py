"""Storage, databases, keys, identities: what the Terraform provider reads back after a write."""

from __future__ import annotations

import json
import unittest

from testing import ACCOUNT, REGION, client, covers


class BucketTests(unittest.TestCase):
    def setUp(self) -> None:
        self.s3 = client("s3")
        self.bucket = self._testMethodName.replace("_", "-")[:63]
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": "us-east-2"})

    def _policy(self, **statement: object) -> None:
        base = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{self.bucket}/*"]}
        self.s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{**base, **statement}]}))

    @covers("s3", "object operations under a bucket policy")
    def test_tls_only_policy_does_not_deny_access(self) -> None:
        self._policy(Condition={"Bool": {"aws:SecureTransport": "false"}})
        self.s3.put_object(Bucket=self.bucket, Key="state", Body=b"1")
        self.assertEqual(self.s3.head_object(Bucket=self.bucket, Key="state")["ContentLength"], 1)
        self.assertEqual(self.s3.get_object(Bucket=self.bucket, Key="state")["Body"].read(), b"1")

    @covers("s3", "object operations under a bucket policy")
    def test_deny_without_a_condition_still_denies(self) -> None:
        self.s3.put_object(Bucket=self.bucket, Key="state", Body=b"1")
        self._policy(Action="s3:GetObject")
        with self.assertRaises(self.s3.exceptions.ClientError):
            self.s3.get_object(Bucket=self.bucket, Key="state")

    @covers("s3", "GetBucketLifecycleConfiguration")
    def test_lifecycle_rules_are_returned_as_sent(self) -> None:
        both = {"Prefix": "tmp/", "Tags": [{"Key": "a", "Value": "b"}], "ObjectSizeGreaterThan": 100, "ObjectSizeLessThan": 9999}
        rules = [
            {"ID": "z", "Status": "Enabled", "Filter": {}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}},
            {"ID": "size", "Status": "Enabled", "Filter": {"ObjectSizeGreaterThan": 5}, "Expiration": {"Days": 3}},
            {"ID": "and", "Status": "Disabled", "Filter": {"And": both}, "Expiration": {"Days": 3}},
            {
                "ID": "a",
                "Status": "Enabled",
                "Filter": {"Prefix": "raw/"},
                "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 90, "StorageClass": "GLACIER"}],
                "NoncurrentVersionExpiration": {"NoncurrentDays": 10, "NewerNoncurrentVersions": 3},
            },
        ]
        self.s3.put_bucket_lifecycle_configuration(Bucket=self.bucket, LifecycleConfiguration={"Rules": rules})
        self.assertEqual(self.s3.get_bucket_lifecycle_configuration(Bucket=self.bucket)["Rules"], rules)
        self.s3.delete_bucket_lifecycle(Bucket=self.bucket)
        with self.assertRaises(self.s3.exceptions.ClientError):
            self.s3.get_bucket_lifecycle_configuration(Bucket=self.bucket)

    @covers("s3", "PutBucketLogging")
    def test_logging_needs_no_policy_beforehand(self) -> None:
        self._policy(Condition={"Bool": {"aws:SecureTransport": "false"}})
        enabled = {"TargetBucket": self.bucket, "TargetPrefix": "logs/"}
        self.s3.put_bucket_logging(Bucket=self.bucket, BucketLoggingStatus={"LoggingEnabled": enabled})
        self.assertEqual(self.s3.get_bucket_logging(Bucket=self.bucket)["LoggingEnabled"], enabled)

    def test_version_before_a_deletion_can_be_read(self) -> None:
        self.s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})
        version = self.s3.put_object(Bucket=self.bucket, Key="state", Body=b"1", ServerSideEncryption="aws:kms")["VersionId"]
        self.s3.delete_object(Bucket=self.bucket, Key="state")
        with self.assertRaises(self.s3.exceptions.NoSuchKey):
            self.s3.get_object(Bucket=self.bucket, Key="state")
        self.assertEqual(self.s3.get_object(Bucket=self.bucket, Key="state", VersionId=version)["Body"].read(), b"1")

    @covers("s3", "DeleteObjects")
    def test_versioned_bucket_can_be_emptied(self) -> None:
        self.s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})
        self.s3.put_object(Bucket=self.bucket, Key="index.html", Body=b"1")
        self.s3.delete_object(Bucket=self.bucket, Key="index.html")
        found = self.s3.list_object_versions(Bucket=self.bucket)
        for versions in (found["Versions"], found["DeleteMarkers"]):
            objects = [{"Key": v["Key"], "VersionId": v["VersionId"]} for v in versions]
            self.s3.delete_objects(Bucket=self.bucket, Delete={"Objects": objects})
        self.s3.delete_bucket(Bucket=self.bucket)


class DatabaseTests(unittest.TestCase):
    @covers("rds", "DescribeDBParameters")
    def test_parameters_have_the_source_user(self) -> None:
        rds = client("rds")
        rds.create_db_parameter_group(DBParameterGroupName="pg16", DBParameterGroupFamily="postgres16", Description="tls")
        sent = {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}
        rds.modify_db_parameter_group(DBParameterGroupName="pg16", Parameters=[sent])
        (parameter,) = rds.describe_db_parameters(DBParameterGroupName="pg16")["Parameters"]
        self.assertEqual({**sent, "Source": "user"}, {k: parameter[k] for k in (*sent, "Source")})

    @covers("rds", "CreateDBInstance", "ModifyDBInstance")
    def test_instance_keeps_monitoring_and_has_a_certificate_authority(self) -> None:
        rds = client("rds")
        role = "arn:aws:iam::111111111111:role/monitoring"
        rds.create_db_instance(
            DBInstanceIdentifier="monitored",
            Engine="postgres",
            DBInstanceClass="db.t4g.micro",
            AllocatedStorage=20,
            MasterUsername="app",
            ManageMasterUserPassword=True,
            EnablePerformanceInsights=True,
            MonitoringInterval=60,
            MonitoringRoleArn=role,
        )
        instance = rds.describe_db_instances(DBInstanceIdentifier="monitored")["DBInstances"][0]
        self.assertTrue(instance["PerformanceInsightsEnabled"])
        self.assertEqual(instance["PerformanceInsightsRetentionPeriod"], 7)
        self.assertEqual((instance["MonitoringInterval"], instance["MonitoringRoleArn"]), (60, role))
        self.assertEqual(instance["CACertificateIdentifier"], "rds-ca-rsa2048-g1")
        rds.modify_db_instance(DBInstanceIdentifier="monitored", PerformanceInsightsRetentionPeriod=31, EnablePerformanceInsights=True)
        instance = rds.describe_db_instances(DBInstanceIdentifier="monitored")["DBInstances"][0]
        self.assertEqual(instance["PerformanceInsightsRetentionPeriod"], 31)


    @covers("rds", "DescribeDBInstances")
    def test_instances_are_found_by_their_resource_id(self) -> None:
        rds = client("rds")
        ids = [
            rds.create_db_instance(
                DBInstanceIdentifier=name, Engine="postgres", DBInstanceClass="db.t4g.micro", MasterUsername="app",
                ManageMasterUserPassword=True
            )["DBInstance"]["DbiResourceId"]
            for name in ("one", "two")
        ]
        found = rds.describe_db_instances(Filters=[{"Name": "dbi-resource-id", "Values": ids[1:]}])["DBInstances"]
        self.assertEqual([i["DBInstanceIdentifier"] for i in found], ["two"])

    # Finding A5
    @covers("rds", "RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime")
    def test_restored_instance_has_no_secret_protection_or_exports_of_its_source(self) -> None:
        rds = client("rds")
        rds.create_db_instance(
            DBInstanceIdentifier="source",
            Engine="postgres",
            DBInstanceClass="db.t4g.micro",
            MasterUsername="app",
            ManageMasterUserPassword=True,
            DeletionProtection=True,
            EnableCloudwatchLogsExports=["postgresql"],
        )
        rds.create_db_snapshot(DBInstanceIdentifier="source", DBSnapshotIdentifier="taken")
        rds.restore_db_instance_from_db_snapshot(DBInstanceIdentifier="restored", DBSnapshotIdentifier="taken", DeletionProtection=True)
        rds.restore_db_instance_to_point_in_time(
            SourceDBInstanceIdentifier="source", TargetDBInstanceIdentifier="earlier", UseLatestRestorableTime=True
        )
        for name, protected in (("restored", True), ("earlier", False)):
            (instance,) = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
            self.assertNotIn("MasterUserSecret", instance)
            self.assertEqual(instance["DeletionProtection"], protected)
            self.assertFalse(instance.get("EnabledCloudwatchLogsExports"))
        (source,) = rds.describe_db_instances(DBInstanceIdentifier="source")["DBInstances"]
        self.assertNotEqual(source["DbiResourceId"], instance["DbiResourceId"])
        client("secretsmanager").describe_secret(SecretId=source["MasterUserSecret"]["SecretArn"])

    # Finding A5
    @covers("rds", "ModifyDBInstance")
    def test_instance_keeps_its_secret_when_password_management_is_requested_again_and_its_resource_id_when_renamed(self) -> None:
        rds = client("rds")
        made = rds.create_db_instance(
            DBInstanceIdentifier="before", Engine="postgres", DBInstanceClass="db.t4g.micro", MasterUsername="app",
            ManageMasterUserPassword=True
        )["DBInstance"]
        rds.modify_db_instance(DBInstanceIdentifier="before", ManageMasterUserPassword=True, ApplyImmediately=True)
        rds.modify_db_instance(DBInstanceIdentifier="before", NewDBInstanceIdentifier="after", ApplyImmediately=True)
        (renamed,) = rds.describe_db_instances(DBInstanceIdentifier="after")["DBInstances"]
        self.assertEqual(renamed["DbiResourceId"], made["DbiResourceId"])
        self.assertEqual(renamed["MasterUserSecret"]["SecretArn"], made["MasterUserSecret"]["SecretArn"])


class LogTests(unittest.TestCase):
    @covers("logs", "DescribeLogGroups", "CreateLogGroup")
    def test_log_group_keeps_its_class(self) -> None:
        logs = client("logs")
        logs.create_log_group(logGroupName="/class/rare", logGroupClass="INFREQUENT_ACCESS")
        logs.create_log_group(logGroupName="/class/usual")
        found = logs.describe_log_groups(logGroupNamePrefix="/class/")["logGroups"]
        self.assertEqual([g["logGroupClass"] for g in found], ["INFREQUENT_ACCESS", "STANDARD"])


class KeyTests(unittest.TestCase):
    @covers("kms", "EnableKeyRotation", "GetKeyRotationStatus")
    def test_rotation_period(self) -> None:
        kms = client("kms")
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        self.assertNotIn("RotationPeriodInDays", kms.get_key_rotation_status(KeyId=key))
        kms.enable_key_rotation(KeyId=key)
        self.assertEqual(kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"], 365)
        kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
        self.assertEqual(kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"], 180)


class IdentityTests(unittest.TestCase):
    @covers("cognito-idp", "UpdateResourceServer", "DeleteResourceServer")
    def test_resource_server_is_updated_and_deleted(self) -> None:
        cognito = client("cognito-idp")
        pool = cognito.create_user_pool(PoolName="resource-servers")["UserPool"]["Id"]
        named = {"UserPoolId": pool, "Identifier": "https://api.example.com"}
        cognito.create_resource_server(**named, Name="api", Scopes=[{"ScopeName": "read", "ScopeDescription": "Read"}])
        scopes = [{"ScopeName": "write", "ScopeDescription": "Write"}]
        cognito.update_resource_server(**named, Name="api", Scopes=scopes)
        self.assertEqual(cognito.describe_resource_server(**named)["ResourceServer"]["Scopes"], scopes)
        cognito.delete_resource_server(**named)
        with self.assertRaises(cognito.exceptions.ResourceNotFoundException):
            cognito.describe_resource_server(**named)

    @covers("cognito-idp", "ListTagsForResource", "TagResource", "UntagResource")
    def test_tags_of_a_pool(self) -> None:
        cognito = client("cognito-idp")
        pool = cognito.create_user_pool(PoolName="tagged", UserPoolTags={"Project": "acme"})["UserPool"]
        cognito.tag_resource(ResourceArn=pool["Arn"], Tags={"Environment": "local"})
        cognito.untag_resource(ResourceArn=pool["Arn"], TagKeys=["Project"])
        self.assertEqual(cognito.list_tags_for_resource(ResourceArn=pool["Arn"])["Tags"], {"Environment": "local"})
        self.assertEqual(cognito.describe_user_pool(UserPoolId=pool["Id"])["UserPool"]["UserPoolTags"], {"Environment": "local"})

    @covers("cognito-idp", "DeleteUserPool")
    def test_protected_pool_is_not_deleted(self) -> None:
        cognito = client("cognito-idp")
        pool = cognito.create_user_pool(PoolName="protected", DeletionProtection="ACTIVE")["UserPool"]["Id"]
        with self.assertRaises(cognito.exceptions.InvalidParameterException):
            cognito.delete_user_pool(UserPoolId=pool)
        cognito.update_user_pool(UserPoolId=pool, DeletionProtection="INACTIVE")
        cognito.delete_user_pool(UserPoolId=pool)

    @covers("iam", "UpdateRole")
    def test_update_of_a_role_changes_only_what_was_sent(self) -> None:
        iam = client("iam")
        iam.create_role(RoleName="flow", AssumeRolePolicyDocument='{"Version":"2012-10-17","Statement":[]}', Description="flow logs")
        iam.update_role(RoleName="flow", MaxSessionDuration=7200)
        role = iam.get_role(RoleName="flow")["Role"]
        self.assertEqual((role["Description"], role["MaxSessionDuration"]), ("flow logs", 7200))


class QueueTests(unittest.TestCase):
    @covers("sqs", "GetQueueAttributes")
    def test_redrive_policies_are_returned_as_sent(self) -> None:
        sqs = client("sqs")
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:redriven"
        allowed = f'{{"redrivePermission":"byQueue","sourceQueueArns":["{arn}"]}}'
        dead_letters = sqs.create_queue(QueueName="redriven-dlq", Attributes={"RedriveAllowPolicy": allowed})["QueueUrl"]
        redrive = f'{{"deadLetterTargetArn":"{arn}-dlq","maxReceiveCount":5}}'
        queue = sqs.create_queue(QueueName="redriven", Attributes={"RedrivePolicy": redrive})["QueueUrl"]

        def attributes(url: str, name: str) -> dict[str, str]:
            return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"]

        self.assertEqual(attributes(queue, "All")["RedrivePolicy"], redrive)
        self.assertNotIn("RedriveAllowPolicy", attributes(queue, "All"))
        self.assertEqual(attributes(dead_letters, "All")["RedriveAllowPolicy"], allowed)
        self.assertEqual(attributes(dead_letters, "RedriveAllowPolicy"), {"RedriveAllowPolicy": allowed})


class SecurityGroupTests(unittest.TestCase):
    @covers("ec2", "DescribeSecurityGroupRules")
    def test_rules_keep_their_description_whatever_the_peer(self) -> None:
        ec2 = client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        group = ec2.create_security_group(GroupName="described", Description="x", VpcId=vpc)["GroupId"]
        lists = ec2.describe_managed_prefix_lists()["PrefixLists"]
        for peer in (
            {"IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "why"}]},
            {"UserIdGroupPairs": [{"GroupId": group, "Description": "why"}]},
            {"PrefixListIds": [{"PrefixListId": lists[0]["PrefixListId"], "Description": "why"}]},
        ):
            with self.subTest(*peer):
                permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **peer}
                made = ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[permission])["SecurityGroupRules"][0]
                rules = ec2.describe_security_group_rules(SecurityGroupRuleIds=[made["SecurityGroupRuleId"]])
                self.assertEqual(rules["SecurityGroupRules"][0]["Description"], "why")


if __name__ == "__main__":
    unittest.main()
