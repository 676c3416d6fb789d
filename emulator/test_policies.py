"""Policy evaluation, malformed documents, and AWS's access denied messages."""

from __future__ import annotations

import unittest
from typing import Any
from unittest import mock

from authorization import withheld
from authorization.decision import PolicySet, Question, decide
from authorization.documents import Policy, PolicyKind
from authorization.errors import PolicyError
from authorization.refusal import message, refusal
from policy_cases import BUCKET, CASES, ELSEWHERE, ROLE, SESSION, A, B, Case, allow, by, deny, role

# (what, kind, document): AWS rejects these.
IDENTITY, RESOURCE = PolicyKind.IDENTITY, PolicyKind.RESOURCE
ERRORS: list[tuple[str, PolicyKind, Any]] = [
    ("not JSON", IDENTITY, "{"),
    ("no statement", IDENTITY, {"Version": "2012-10-17"}),
    ("unknown version", IDENTITY, {"Version": "2020-01-01", "Statement": []}),
    ("unknown element of a statement", IDENTITY, {"Statement": {**allow(), "Conditions": {}}}),
    ("unknown element of a document", IDENTITY, {"Statement": [], "Comment": "x"}),
    ("unknown effect", IDENTITY, {"Statement": {**allow(), "Effect": "allow"}}),
    ("Action and NotAction", IDENTITY, {"Statement": {**allow(), "NotAction": "s3:*"}}),
    ("no resource", IDENTITY, {"Statement": {"Effect": "Allow", "Action": "s3:*"}}),
    ("no action", IDENTITY, {"Statement": {"Effect": "Allow", "Resource": "*"}}),
    ("an empty list of actions", IDENTITY, {"Statement": allow([])}),
    ("a principal in an identity policy", IDENTITY, {"Statement": by("*")}),
    ("no principal in a resource's policy", RESOURCE, {"Statement": allow()}),
    ("a wildcard inside a principal", RESOURCE, {"Statement": by({"AWS": f"arn:aws:iam::{A}:role/*"})}),
    ("an unknown type of principal", RESOURCE, {"Statement": by({"Role": ROLE})}),
    ("NotPrincipal with Allow", RESOURCE, {"Statement": {**allow(), "NotPrincipal": {"AWS": A}}}),
]


class PolicyTests(unittest.TestCase):
    def test_documented_rules(self) -> None:
        for case in CASES:
            with self.subTest(case.what):
                decision = case.decide()
                self.assertIs(decision.allowed, case.allowed, decision.reason)

    def test_no_row_twice(self) -> None:
        self.assertEqual(len({case.what for case in CASES}), len(CASES))

    def test_malformed_documents_are_errors(self) -> None:
        for what, kind, document in ERRORS:
            with self.subTest(what), self.assertRaises(PolicyError):
                Policy.of("bad", kind, document)

    def test_a_withheld_permission_is_removed(self) -> None:
        """Only that one: not the same action of another statement, nor another action of the same."""
        statements = [{**allow(["s3:GetObject", "s3:PutObject"]), "Sid": "Data"}]
        with mock.patch.dict("os.environ", {withheld.VARIABLE: "one/Data s3:GetObject\n"}):
            one, two = (Policy.of(name, PolicyKind.IDENTITY, {"Version": "2012-10-17", "Statement": statements}) for name in ("one", "two"))
        answers = [
            decide(Question(role, action, f"{BUCKET}/a", A), PolicySet((policy,))).allowed
            for policy in (one, two) for action in ("s3:GetObject", "s3:PutObject")
        ]
        self.assertEqual(answers, [False, True, True, True])

    def test_a_malformed_withheld_permission_is_an_error(self) -> None:
        with mock.patch.dict("os.environ", {withheld.VARIABLE: "one/Data"}), self.assertRaises(ValueError):
            withheld.without("one/Data", ["s3:GetObject"])

    def test_variables_are_literal_in_the_old_version(self) -> None:
        old = Policy.of("old", PolicyKind.IDENTITY, {"Version": "2008-10-17", "Statement": allow("s3:*", f"{BUCKET}/${{aws:username}}")})
        answers = [
            decide(Question(role, "s3:GetObject", f"{BUCKET}/{name}", A, {"aws:username": "ann"}), PolicySet((old,))).allowed
            for name in ("ann", "${aws:username}")
        ]
        self.assertEqual(answers, [False, True])

    def test_a_decision_names_the_statements(self) -> None:
        allowed = Case("", True, identity=(ELSEWHERE, allow(Sid="Data")), boundary=(allow(),)).decide()
        self.assertEqual([statement.label for statement in allowed.statements], ["identity/Data", "boundary/0"])
        self.assertEqual(allowed.reason, "allowed by identity/Data, boundary/0")
        denied = Case("", False, identity=(allow(), deny(Sid="Never"))).decide()
        self.assertEqual((denied.reason, denied.explicit_deny), ("denied by identity/Never", True))


class RefusalTests(unittest.TestCase):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"""

    def test_the_message_names_the_missing_permission(self) -> None:
        begin = f"User: {SESSION} is not authorized to perform: s3:GetObject on resource: {BUCKET}/a "
        for case, because in (
            (Case("", False), "because no identity-based policy allows the s3:GetObject action"),
            (Case("", False, identity=(deny(),)), "with an explicit deny in an identity-based policy"),
            (Case("", False, identity=(allow(),), boundary=()), "because no permissions boundary allows the s3:GetObject action"),
            (Case("", False, identity=(allow(),), boundary=(deny(),)), "with an explicit deny in a permissions boundary"),
            (Case("", False, identity=(allow(),), session=()), "because no session policy allows the s3:GetObject action"),
            (Case("", False, identity=(allow(),), owner=B), "because no resource-based policy allows the s3:GetObject action"),
            (Case("", False, resource=(by("*", deny()),)), "with an explicit deny in a resource-based policy"),
        ):
            with self.subTest(because):
                question = Question(role, "s3:GetObject", f"{BUCKET}/a", case.owner)
                self.assertEqual(message(question, case.decide()), begin + because)

    def test_the_error_code_depends_on_the_service(self) -> None:
        question, decision = Question(role, "x:Y", "*"), Case("", False).decide()
        for service, protocol, code, status in (
            ("ecs", "json", "AccessDeniedException", 400),
            ("lambda", "rest-json", "AccessDeniedException", 403),
            ("iam", "query", "AccessDenied", 403),
            ("s3", "rest-xml", "AccessDenied", 403),
            ("ec2", "ec2", "UnauthorizedOperation", 403),
            ("sns", "query", "AuthorizationError", 403),
            ("sqs", "json", "AccessDenied", 403),
        ):
            with self.subTest(service):
                answer = refusal(question, decision, service, protocol)
                self.assertEqual((answer.code, answer.status), (code, status))
        begin = "You are not authorized to perform this operation. User: "
        self.assertTrue(refusal(question, decision, "ec2", "ec2").message.startswith(begin))


if __name__ == "__main__":
    unittest.main()
