"""Who can assume a role: identity and trust policies, tokens of identity providers, durations."""

from __future__ import annotations

import base64
import json
import time
import unittest
from typing import Any

from botocore.exceptions import ClientError

from authorization import mfa, principals, sts
from authorization.decision import decide
from authorization.errors import StsError
from authorization.refusal import message
from in_process import InProcessTests, allow, document, trust
from testing import ACCOUNT, covers

OTHER = "222222222222"
GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}"
SUBJECT = "repo:acme/shop:environment:production"


def token(**claims: Any) -> str:
    now = int(time.time())
    told = {
        "iss": f"https://{GITHUB}", "aud": "sts.amazonaws.com", "sub": SUBJECT, "iat": now, "exp": now + 300, "repository": "acme/shop",
        "job_workflow_ref": "acme/infra/.github/workflows/release.yml@refs/heads/main", "repository_owner": "acme", **claims,
    }
    parts = [{"alg": "RS256"}, {name: value for name, value in told.items() if value is not None}, "signature"]
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)


class StsTests(InProcessTests):
    def role(self, name: str, policy: dict[str, Any] | None = None, **trusting: Any) -> principals.Principal:
        """A session of a role with one identity policy."""
        arn = self.create_role(name, trust(trusting.get("principal", {"AWS": ACCOUNT})), trusting.get("account", ACCOUNT))
        if policy:
            client = self.client("iam", trusting.get("account", ACCOUNT))
            client.put_role_policy(RoleName=name, PolicyName="work", PolicyDocument=document(policy))
        return principals.of_role(principals.role(arn), "run")

    def answers(self, operation: str, principal: principals.Principal, **parameters: Any) -> dict[str, bool]:
        asked = sts.questions(operation, parameters, principal)
        return {question.action: decide(question, policies).allowed for question, policies in asked}

    def assumes(self, principal: principals.Principal, arn: str, **parameters: Any) -> bool:
        return all(self.answers("AssumeRole", principal, RoleArn=arn, RoleSessionName="ci", **parameters).values())


class AssumeRoleTests(StsTests):
    def test_trust_of_the_account_needs_an_identity_policy(self) -> None:
        target = self.create_role("target", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}))
        self.assertFalse(self.assumes(self.role("without"), target))
        self.assertFalse(self.assumes(self.role("another", allow("sts:AssumeRole", target + "2")), target))
        self.assertTrue(self.assumes(self.role("with", allow("sts:AssumeRole", target)), target))
        self.assertTrue(self.assumes(principals.authenticate(ACCOUNT), target))

    def test_trust_of_the_role_itself_is_enough_within_an_account(self) -> None:
        caller = self.role("caller")
        target = self.create_role("target", trust({"AWS": caller.caller.principal_arn}))
        self.assertTrue(self.assumes(caller, target))
        self.assertFalse(self.assumes(self.role("another", allow("sts:AssumeRole")), target))
        self.assertFalse(self.assumes(principals.authenticate(ACCOUNT), target))

    def test_across_accounts_both_sides_are_needed(self) -> None:
        caller = self.role("caller", account=OTHER)
        target = self.create_role("target", trust({"AWS": caller.caller.principal_arn}))
        self.assertFalse(self.assumes(caller, target))
        allowed = self.role("allowed", allow("sts:AssumeRole", target), account=OTHER)
        self.assertFalse(self.assumes(allowed, target))
        by_account = self.create_role("by-account", trust({"AWS": OTHER}))
        self.assertTrue(self.assumes(self.role("both", allow("sts:AssumeRole", by_account), account=OTHER), by_account))
        self.assertTrue(self.assumes(principals.authenticate(OTHER), by_account))

    def test_trust_that_requires_mfa(self) -> None:
        iam = self.client("iam")
        target = self.create_role("target", trust(
            {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}))
        users = {}
        for name in ("ada", "bob"):
            iam.create_user(UserName=name)
            iam.put_user_policy(UserName=name, PolicyName="work", PolicyDocument=document(allow("sts:AssumeRole", target)))
            users[name] = principals.authenticate(iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"])
        device = iam.create_virtual_mfa_device(VirtualMFADeviceName="ada")["VirtualMFADevice"]
        seed, serial = device["Base32StringSeed"].decode(), device["SerialNumber"]
        iam.enable_mfa_device(UserName="ada", SerialNumber=serial, AuthenticationCode1="111111", AuthenticationCode2="222222")
        now = time.time()
        self.assertFalse(self.assumes(users["ada"], target), "without a code")
        self.assertTrue(self.assumes(users["ada"], target, SerialNumber=serial, TokenCode=mfa.code(seed, now)))
        for name, code in (("ada", mfa.code(seed, now - 300)), ("ada", ""), ("bob", mfa.code(seed, now))):
            with self.assertRaisesRegex(StsError, "invalid MFA one time pass code"):
                self.assumes(users[name], target, SerialNumber=serial, TokenCode=code)

    def test_codes_of_the_specification(self) -> None:
        # https://www.rfc-editor.org/rfc/rfc6238#appendix-B: SHA-1, the last six of eight digits.
        seed = base64.b32encode(b"12345678901234567890").decode()
        self.assertEqual([mfa.code(seed, at) for at in (59, 1111111109, 2000000000)], ["287082", "081804", "279037"])

    def test_a_role_that_does_not_exist_is_denied(self) -> None:
        caller = self.role("caller", allow("sts:*"))
        self.assertFalse(self.assumes(caller, f"arn:aws:iam::{ACCOUNT}:role/none"))
        self.assertFalse(self.assumes(caller, "arn:aws:iam::333333333333:role/none"))
        self.assertFalse(self.assumes(principals.authenticate(ACCOUNT), f"arn:aws:iam::{ACCOUNT}:role/none"))

    def test_conditions_of_the_trust_policy(self) -> None:
        caller = self.role("caller", allow("sts:*"))
        target = self.create_role("target", trust({"AWS": ACCOUNT}, Condition={"StringEquals": {"sts:ExternalId": "x"}}))
        self.assertFalse(self.assumes(caller, target))
        self.assertFalse(self.assumes(caller, target, ExternalId="y"))
        self.assertTrue(self.assumes(caller, target, ExternalId="x"))
        named = self.create_role("named", trust({"AWS": ACCOUNT}, Condition={"StringLike": {"sts:RoleSessionName": "ci-*"}}))
        self.assertFalse(self.assumes(caller, named))
        by_tag = self.create_role("by-tag", trust({"AWS": ACCOUNT}, Condition={"StringEquals": {"aws:ResourceTag/Team": "red"}}))
        self.assertFalse(self.assumes(caller, by_tag))
        self.client("iam").tag_role(RoleName="by-tag", Tags=[{"Key": "Team", "Value": "red"}])
        self.assertTrue(self.assumes(caller, by_tag))

    def test_session_tags_and_source_identity_need_permissions_too(self) -> None:
        caller = self.role("caller", allow(["sts:AssumeRole", "sts:TagSession"]))
        target = self.create_role("target", trust({"AWS": ACCOUNT}, ["sts:AssumeRole", "sts:TagSession"]))
        tags = [{"Key": "Team", "Value": "red"}]
        asked = self.answers("AssumeRole", caller, RoleArn=target, RoleSessionName="ci", Tags=tags, SourceIdentity="ann")
        self.assertEqual(asked, {"sts:AssumeRole": True, "sts:TagSession": True, "sts:SetSourceIdentity": False})
        strict = self.create_role(
            "strict", trust({"AWS": ACCOUNT}, "sts:*", Condition={"StringEquals": {"aws:RequestTag/Team": "blue"}})
        )
        self.assertFalse(self.assumes(caller, strict, Tags=tags))
        self.assertTrue(self.assumes(caller, strict, Tags=[{"Key": "Team", "Value": "blue"}]))

    def test_the_message_names_the_trust_policy(self) -> None:
        caller = self.role("caller", allow("sts:*"))
        target = self.create_role("target", trust({"AWS": OTHER}))
        ((question, policies),) = sts.questions("AssumeRole", {"RoleArn": target, "RoleSessionName": "ci"}, caller)
        self.assertTrue(message(question, decide(question, policies)).endswith(
            f"to perform: sts:AssumeRole on resource: {target} because no role trust policy allows the sts:AssumeRole action"
        ))

    @covers("sts", "AssumeRole")
    def test_durations(self) -> None:
        short, long = self.create_role("short", trust("*")), self.create_role("long", trust("*"), MaxSessionDuration=7200)
        client = self.client("sts")
        client.assume_role(RoleArn=long, RoleSessionName="ci", DurationSeconds=7200)
        with self.assertRaisesRegex(ClientError, "ValidationError.*exceeds the MaxSessionDuration set for this role"):
            client.assume_role(RoleArn=short, RoleSessionName="ci", DurationSeconds=3601)
        got = client.assume_role(RoleArn=short, RoleSessionName="ci")["Credentials"]
        chained = self.client("sts", got["AccessKeyId"], got["SessionToken"])
        chained.assume_role(RoleArn=long, RoleSessionName="ci", DurationSeconds=3600)
        with self.assertRaisesRegex(ClientError, "ValidationError.*1 hour session limit for roles assumed by role chaining"):
            chained.assume_role(RoleArn=long, RoleSessionName="ci", DurationSeconds=3601)

    def test_unsupported_operations_are_errors(self) -> None:
        for operation in ("AssumeRoleWithSAML", "GetSessionToken", "GetFederationToken"):
            with self.subTest(operation), self.assertRaises(NotImplementedError):
                sts.questions(operation, {}, principals.authenticate(ACCOUNT))

    def test_get_caller_identity_is_always_allowed(self) -> None:
        caller = self.role("caller", {**allow("*"), "Effect": "Deny"})
        self.assertEqual(self.answers("GetCallerIdentity", caller), {"sts:GetCallerIdentity": True})


class ServiceTests(StsTests):
    def test_a_service_can_assume_the_roles_that_trust_it(self) -> None:
        arn = self.create_role("task", trust({"Service": "ecs-tasks.amazonaws.com"}))
        session = sts.assume_as_service("ecs-tasks.amazonaws.com", arn, "task-id")
        self.assertEqual(session.caller.arn, f"arn:aws:sts::{ACCOUNT}:assumed-role/task/task-id")
        for service, role in (("events.amazonaws.com", arn), ("ecs-tasks.amazonaws.com", arn + "2")):
            with self.subTest(f"{service} {role}"), self.assertRaises(PermissionError):
                sts.assume_as_service(service, role, "x")

    def test_a_trust_policy_with_a_condition_on_the_source(self) -> None:
        condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
        arn = self.create_role("run", trust({"Service": "scheduler.amazonaws.com"}, Condition=condition))
        sts.assume_as_service("scheduler.amazonaws.com", arn, "x", {"aws:SourceAccount": ACCOUNT})
        with self.assertRaises(PermissionError):
            sts.assume_as_service("scheduler.amazonaws.com", arn, "x", {"aws:SourceAccount": OTHER})


class WebIdentityTests(StsTests):
    def setUp(self) -> None:
        super().setUp()
        self.client("iam").create_open_id_connect_provider(Url=f"https://{GITHUB}", ClientIDList=["sts.amazonaws.com"])

    def target(self, name: str = "deploy", **condition: Any) -> str:
        claims = {"aud": "sts.amazonaws.com", **condition}
        equals = {"StringEquals": {f"{GITHUB}:{claim}": value for claim, value in claims.items()}}
        return self.create_role(name, trust({"Federated": PROVIDER}, "sts:AssumeRoleWithWebIdentity", Condition=equals))

    def gets(self, arn: str, **claims: Any) -> bool:
        answers = self.answers(
            "AssumeRoleWithWebIdentity", principals.authenticate(None), RoleArn=arn, RoleSessionName="ci", WebIdentityToken=token(**claims)
        )
        return answers["sts:AssumeRoleWithWebIdentity"]

    def test_claims_are_condition_keys(self) -> None:
        arn = self.target(sub=SUBJECT, job_workflow_ref="acme/infra/.github/workflows/release.yml@refs/heads/main", repository="acme/shop")
        self.assertTrue(self.gets(arn))
        self.assertFalse(self.gets(arn, sub="repo:acme/shop:pull_request"))
        self.assertFalse(self.gets(arn, job_workflow_ref="acme/shop/.github/workflows/own.yml@refs/heads/main"))

    def test_claims_that_aws_does_not_support_never_match(self) -> None:
        self.assertFalse(self.gets(self.target(repository_owner="acme")))

    def test_the_trust_policy_names_the_provider_and_the_action(self) -> None:
        self.assertFalse(self.gets(self.create_role("account", trust({"AWS": ACCOUNT}, "sts:*"))))
        self.assertFalse(self.gets(self.create_role("other", trust({"Federated": PROVIDER + "2"}, "sts:*"))))
        self.assertFalse(self.gets(self.create_role("action", trust({"Federated": PROVIDER}, "sts:AssumeRole"))))
        self.assertFalse(self.gets(f"arn:aws:iam::{ACCOUNT}:role/none"))

    def test_tokens_that_are_rejected(self) -> None:
        arn = self.target()
        for claims, code, text in (
            ({"iss": "https://example.com"}, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://exa"),
            ({"aud": "other"}, "InvalidIdentityToken", "Incorrect token audience"),
            ({"exp": 1}, "ExpiredTokenException", "Token expired"),
            ({"exp": None}, "InvalidIdentityToken", "Missing a required claim: exp"),
        ):
            with self.subTest(text), self.assertRaises(StsError) as raised:
                self.gets(arn, **claims)
            self.assertEqual((raised.exception.code, raised.exception.status), (code, 400))
            self.assertTrue(raised.exception.message.startswith(text))

    def test_text_that_is_not_a_token(self) -> None:
        for text in ("", "a.b", "a.b.c", "a.W10.c"):
            with self.subTest(text), self.assertRaises(StsError) as raised:
                sts.questions("AssumeRoleWithWebIdentity", {"RoleArn": self.arn(), "WebIdentityToken": text}, principals.authenticate(None))
            self.assertEqual(raised.exception.code, "InvalidIdentityToken")

    def arn(self) -> str:
        return f"arn:aws:iam::{ACCOUNT}:role/deploy"

    def test_the_provider_is_the_role_account_s(self) -> None:
        far = self.create_role("far", trust({"Federated": PROVIDER}, "sts:*"), OTHER)
        with self.assertRaises(StsError):
            self.gets(far)

    def test_the_message_has_no_details(self) -> None:
        parameters = {"RoleArn": self.target(sub="x"), "WebIdentityToken": token()}
        ((question, policies),) = sts.questions("AssumeRoleWithWebIdentity", parameters, principals.authenticate(None))
        self.assertEqual(message(question, decide(question, policies)), "Not authorized to perform sts:AssumeRoleWithWebIdentity")

    @covers("sts", "AssumeRoleWithWebIdentity")
    def test_the_session_has_its_provider_as_condition_key(self) -> None:
        client = self.client("sts")
        got = client.assume_role_with_web_identity(RoleArn=self.target(), RoleSessionName="run-1", WebIdentityToken=token())
        found = principals.authenticate(got["Credentials"]["AccessKeyId"], got["Credentials"]["SessionToken"])
        self.assertEqual(found.caller.arn, f"arn:aws:sts::{ACCOUNT}:assumed-role/deploy/run-1")
        self.assertEqual(found.caller.keys["aws:FederatedProvider"], PROVIDER)


if __name__ == "__main__":
    unittest.main()
