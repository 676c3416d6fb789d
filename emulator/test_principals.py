"""Finding the caller of an access key, with its policies."""

from __future__ import annotations

import datetime
import unittest
import unittest.mock
from typing import Any

from authorization import managed_policies, principals
from authorization.authentication import AuthenticationError, Failure
from authorization.caller import CallerKind
from authorization.decision import Question, decide
from authorization.errors import PolicyError
from in_process import InProcessTests, allow, document, trust
from testing import ACCOUNT

OTHER = "222222222222"


class PrincipalTests(InProcessTests):
    def decide(self, principal: principals.Principal, action: str, resource: str = "*", **keys: Any) -> bool:
        return decide(Question(principal.caller, action, resource, ACCOUNT, keys), principal.on()).allowed

    def session(self, **more: Any) -> dict[str, Any]:
        """Credentials of the role acme, which may use S3 and SQS."""
        arn = self.create_role("acme", trust({"AWS": ACCOUNT}), Tags=[{"Key": "Team", "Value": "red"}])
        self.client("iam").put_role_policy(RoleName="acme", PolicyName="work", PolicyDocument=document(allow(["s3:*", "sqs:*"])))
        return dict(self.client("sts").assume_role(RoleArn=arn, RoleSessionName="ci", **more)["Credentials"])

    def authenticate(self, credentials: dict[str, Any]) -> principals.Principal:
        return principals.authenticate(credentials["AccessKeyId"], credentials["SessionToken"])

    def assert_refused(self, failure: Failure, key: str, token: str | None = None) -> None:
        with self.assertRaises(AuthenticationError) as raised:
            principals.authenticate(key, token)
        self.assertIs(raised.exception.failure, failure)

    def test_twelve_digits_are_the_account_s_administrator(self) -> None:
        found = principals.authenticate(ACCOUNT)
        self.assertEqual((found.caller.kind, found.caller.arn), (CallerKind.ROOT, f"arn:aws:iam::{ACCOUNT}:root"))
        self.assertTrue(self.decide(found, "s3:GetObject"))

    def test_no_key_is_anonymous(self) -> None:
        self.assertIs(principals.authenticate(None).caller.kind, CallerKind.ANONYMOUS)

    def test_keys_that_were_not_issued_are_invalid(self) -> None:
        self.assert_refused(Failure.INVALID, "AKIAIOSFODNN7EXAMPLE")
        self.assert_refused(Failure.INVALID, "ASIAIOSFODNN7EXAMPLE", "token")

    def test_a_user_has_its_policies_and_those_of_its_groups(self) -> None:
        iam = self.client("iam")
        iam.create_user(UserName="ann", Tags=[{"Key": "Team", "Value": "red"}])
        iam.put_user_policy(UserName="ann", PolicyName="own", PolicyDocument=document(allow("s3:*")))
        iam.create_group(GroupName="readers")
        iam.put_group_policy(GroupName="readers", PolicyName="read", PolicyDocument=document(allow("sqs:*")))
        iam.add_user_to_group(GroupName="readers", UserName="ann")
        policy = iam.create_policy(PolicyName="attached", PolicyDocument=document(allow("sns:*")))["Policy"]["Arn"]
        iam.attach_group_policy(GroupName="readers", PolicyArn=policy)
        key = iam.create_access_key(UserName="ann")["AccessKey"]["AccessKeyId"]

        found = principals.authenticate(key)

        self.assertEqual((found.caller.kind, found.caller.arn), (CallerKind.USER, f"arn:aws:iam::{ACCOUNT}:user/ann"))
        self.assertEqual({policy.name for policy in found.policies.identity}, {"ann/own", "readers/read", "attached"})
        self.assertEqual(found.caller.keys["aws:PrincipalTag/Team"], "red")
        self.assertEqual([self.decide(found, action) for action in ("s3:X", "sqs:X", "sns:X", "ecs:X")], [True, True, True, False])

    def test_a_user_s_key_is_invalid_with_a_session_token_or_when_inactive(self) -> None:
        iam = self.client("iam")
        iam.create_user(UserName="ann")
        key = iam.create_access_key(UserName="ann")["AccessKey"]["AccessKeyId"]
        self.assert_refused(Failure.INVALID, key, "token")
        iam.update_access_key(UserName="ann", AccessKeyId=key, Status="Inactive")
        self.assert_refused(Failure.INVALID, key)
        iam.delete_access_key(UserName="ann", AccessKeyId=key)
        self.assert_refused(Failure.INVALID, key)

    def test_a_session_has_its_role_s_policies(self) -> None:
        found = self.authenticate(self.session())
        self.assertEqual(found.caller.kind, CallerKind.ROLE)
        self.assertEqual(found.caller.arn, f"arn:aws:sts::{ACCOUNT}:assumed-role/acme/ci")
        self.assertEqual(found.caller.principal_arn, f"arn:aws:iam::{ACCOUNT}:role/acme")
        self.assertEqual(found.caller.keys["aws:PrincipalTag/Team"], "red")
        self.assertRegex(found.caller.keys["aws:userid"], r"^AROA\w+:ci$")
        self.assertEqual([self.decide(found, action) for action in ("s3:X", "ecs:X")], [True, False])

    def test_a_session_needs_its_own_token(self) -> None:
        credentials = self.session()
        self.assert_refused(Failure.INVALID, credentials["AccessKeyId"])
        self.assert_refused(Failure.INVALID, credentials["AccessKeyId"], "another")

    def test_a_session_ends(self) -> None:
        from moto.sts.models import sts_backends

        credentials = self.session()
        session = sts_backends[ACCOUNT]["aws"].assumed_roles[-1]
        session.expiration = datetime.datetime(2026, 1, 1)
        self.assert_refused(Failure.EXPIRED, credentials["AccessKeyId"], credentials["SessionToken"])

    def test_a_session_ends_with_its_role(self) -> None:
        credentials = self.session()
        self.client("iam").delete_role_policy(RoleName="acme", PolicyName="work")
        self.client("iam").delete_role(RoleName="acme")
        self.assert_refused(Failure.INVALID, credentials["AccessKeyId"], credentials["SessionToken"])

    def test_a_changed_policy_applies_immediately(self) -> None:
        credentials = self.session()
        self.client("iam").put_role_policy(RoleName="acme", PolicyName="work", PolicyDocument=document(allow("ecs:*")))
        found = self.authenticate(credentials)
        self.assertEqual([self.decide(found, action) for action in ("s3:X", "ecs:X")], [False, True])

    def test_a_new_default_version_applies(self) -> None:
        iam = self.client("iam")
        credentials = self.session()
        arn = iam.create_policy(PolicyName="more", PolicyDocument=document(allow("ecs:Old")))["Policy"]["Arn"]
        iam.attach_role_policy(RoleName="acme", PolicyArn=arn)
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(allow("ecs:New")), SetAsDefault=True)
        found = self.authenticate(credentials)
        self.assertEqual([self.decide(found, action) for action in ("ecs:Old", "ecs:New")], [False, True])

    def test_if_two_policies_allow_the_log_always_names_the_same_one(self) -> None:
        iam = self.client("iam")
        credentials = self.session()
        iam.delete_role_policy(RoleName="acme", PolicyName="work")
        for name in ("second", "first"):
            arn = iam.create_policy(PolicyName=name, PolicyDocument=document(allow("ecs:X")))["Policy"]["Arn"]
            iam.attach_role_policy(RoleName="acme", PolicyArn=arn)
        self.assertEqual([policy.name for policy in self.authenticate(credentials).policies.identity], ["first", "second"])

    def test_the_boundary_limits(self) -> None:
        iam = self.client("iam")
        credentials = self.session()
        arn = iam.create_policy(PolicyName="boundary", PolicyDocument=document(allow("sqs:*")))["Policy"]["Arn"]
        iam.put_role_permissions_boundary(RoleName="acme", PermissionsBoundary=arn)
        found = self.authenticate(credentials)
        self.assertEqual([self.decide(found, action) for action in ("s3:X", "sqs:X")], [False, True])

    def test_a_boundary_that_does_not_exist_is_an_error(self) -> None:
        credentials = self.session()
        principals.role(f"arn:aws:iam::{ACCOUNT}:role/acme").permissions_boundary_arn = f"arn:aws:iam::{ACCOUNT}:policy/gone"
        with self.assertRaises(PolicyError):
            self.authenticate(credentials)

    def test_session_policies_limit(self) -> None:
        arn = self.client("iam").create_policy(PolicyName="one", PolicyDocument=document(allow("s3:Get*")))["Policy"]["Arn"]
        found = self.authenticate(self.session(Policy=document(allow("sqs:*")), PolicyArns=[{"arn": arn}]))
        self.assertEqual([self.decide(found, action) for action in ("s3:GetX", "s3:PutX", "sqs:X")], [True, False, True])

    def test_session_tags_override_the_role_s(self) -> None:
        found = self.authenticate(self.session(Tags=[{"Key": "Team", "Value": "blue"}], SourceIdentity="ann"))
        keys = found.caller.condition_keys()
        self.assertEqual((keys["aws:PrincipalTag/Team"], keys["aws:SourceIdentity"]), ("blue", "ann"))
        self.assertIn("aws:TokenIssueTime", keys)

    def test_a_session_belongs_to_the_role_s_account(self) -> None:
        arn = self.create_role("far", trust({"AWS": ACCOUNT}), OTHER)
        credentials = self.client("sts").assume_role(RoleArn=arn, RoleSessionName="ci")["Credentials"]
        self.assertEqual(self.authenticate(credentials).caller.account, OTHER)
        sts = self.client("sts", credentials["AccessKeyId"], credentials["SessionToken"])
        self.assertEqual(sts.get_caller_identity()["Arn"], f"arn:aws:sts::{OTHER}:assumed-role/far/ci")

    def test_services_have_their_own_messages_for_invalid_and_expired(self) -> None:
        for service, protocol, invalid, expired in (
            ("sts", "query", "InvalidClientTokenId", "ExpiredToken"),
            ("ecs", "json", "UnrecognizedClientException", "ExpiredTokenException"),
            ("lambda", "rest-json", "UnrecognizedClientException", "ExpiredTokenException"),
            ("s3", "rest-xml", "InvalidAccessKeyId", "ExpiredToken"),
            ("ec2", "ec2", "AuthFailure", "RequestExpired"),
        ):
            with self.subTest(service):
                codes = [AuthenticationError(failure, "").answer(service, protocol)[0] for failure in (Failure.INVALID, Failure.EXPIRED)]
                self.assertEqual(codes, [invalid, expired])


class ManagedPolicyTests(InProcessTests):
    def setUp(self) -> None:
        super().setUp()
        # It costs half a second per account, so the other tests do without it.
        setting = unittest.mock.patch.dict("os.environ", MOTO_IAM_LOAD_MANAGED_POLICIES="true")
        setting.start()
        self.addCleanup(setting.stop)

    def test_aws_managed_policies_are_read(self) -> None:
        self.create_role("reader", trust({"AWS": ACCOUNT}))
        self.client("iam").attach_role_policy(RoleName="reader", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
        found = principals.of_role(principals.role(f"arn:aws:iam::{ACCOUNT}:role/reader"), "x")
        answers = {
            action: decide(Question(found.caller, action, "*", ACCOUNT), found.on()).allowed
            for action in ("s3:GetObject", "logs:FilterLogEvents", "s3:PutObject", "iam:CreateRole")
        }
        self.assertEqual(list(answers.values()), [True, True, False, False], answers)

    def test_their_documents_are_not_older_than_reviewed(self) -> None:
        from moto.iam.models import iam_backends

        known = iam_backends[ACCOUNT]["aws"].managed_policies
        for name, (version, date) in managed_policies.REVIEWED.items():
            with self.subTest(name):
                found = next(policy for policy in known.values() if policy.name == name)
                self.assertGreaterEqual(int(found.default_version_id[1:]), int(version[1:]))
                self.assertGreaterEqual(found.update_date.date().isoformat(), date)


if __name__ == "__main__":
    unittest.main()
