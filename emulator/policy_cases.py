"""Cases of policy evaluation from AWS's documentation: which policies together allow a request, one row per documented rule.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from authorization.caller import Caller
from authorization.decision import Decision, PolicySet, Question, decide
from authorization.documents import Policy, PolicyKind

A, B = "111111111111", "222222222222"
ROLE = f"arn:aws:iam::{A}:role/team/deploy"
SESSION = f"arn:aws:sts::{A}:assumed-role/deploy/ci"
USER = f"arn:aws:iam::{A}:user/ann"
BUCKET = "arn:aws:s3:::acme-data"
KEY = f"arn:aws:kms:us-east-2:{A}:key/1234"
TOPIC = f"arn:aws:sns:us-east-2:{A}:alerts"

role, user, root, other_root = Caller.role(ROLE, "ci"), Caller.user(USER), Caller.root(A), Caller.root(B)
foreign = Caller.role(f"arn:aws:iam::{B}:role/build", "run")
events, anonymous = Caller.of_service("events.amazonaws.com"), Caller.anonymous()
github = Caller.federated(
    f"arn:aws:iam::{A}:oidc-provider/token.actions.githubusercontent.com", {"token.actions.githubusercontent.com:sub": "repo:a/b:x"}
)


def allow(action: Any = "s3:*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any = "s3:*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


def by(principal: Any, statement: dict[str, Any] | None = None) -> dict[str, Any]:
    return {**(statement or allow()), "Principal": principal}


def policies(kind: PolicyKind, *statements: dict[str, Any]) -> tuple[Policy, ...]:
    return (Policy.of(kind.name.lower(), kind, {"Version": "2012-10-17", "Statement": list(statements)}),)


@dataclass(frozen=True)
class Case:
    """The policies that apply to a request, and AWS's decision; None for boundary and session means that there is none."""

    what: str
    allowed: bool
    caller: Caller = role
    action: str = "s3:GetObject"
    on: str = f"{BUCKET}/a"
    owner: str = A
    identity: tuple[dict[str, Any], ...] = ()
    boundary: tuple[dict[str, Any], ...] | None = None
    session: tuple[dict[str, Any], ...] | None = None
    resource: tuple[dict[str, Any], ...] = ()
    must: bool = False
    keys: dict[str, Any] = field(default_factory=dict)

    def decide(self) -> Decision:
        return decide(
            Question(self.caller, self.action, self.on, self.owner, self.keys),
            PolicySet(
                policies(PolicyKind.IDENTITY, *self.identity) if self.identity else (),
                policies(PolicyKind.BOUNDARY, *self.boundary)[0] if self.boundary is not None else None,
                policies(PolicyKind.SESSION, *self.session) if self.session is not None else None,
                policies(PolicyKind.RESOURCE, *self.resource) if self.resource else (),
                self.must,
            ),
        )


ACCOUNT = {"AWS": f"arn:aws:iam::{A}:root"}
ELSEWHERE = allow("sqs:*")
KMS: dict[str, Any] = {"action": "kms:Decrypt", "on": KEY, "must": True}

CASES = [
    # Actions and resources of one statement.
    Case("nothing allows: denied", False),
    Case("an identity policy allows", True, identity=(allow(),)),
    Case("action names are not case-sensitive", True, identity=(allow("S3:getobject"),)),
    Case("wildcard within an action", True, identity=(allow("s3:Get*"),)),
    Case("? in an action", True, identity=(allow("s3:GetObjec?"),)),
    Case("an action of another service", False, identity=(allow("ssm:GetObject"),)),
    Case("an action must match as a whole", False, identity=(allow("s3:Get"),)),
    Case("a list of actions", True, identity=(allow(["s3:PutObject", "s3:GetObject"]),)),
    Case("* is every action", True, identity=(allow("*"),)),
    Case("resources are case-sensitive", False, identity=(allow("s3:*", "arn:aws:s3:::ACME-data/*"),)),
    Case("a wildcard in a resource matches slashes", True, on=f"{BUCKET}/a/b/c", identity=(allow("s3:*", f"{BUCKET}/*"),)),
    Case("a bucket's ARN does not match its objects", False, identity=(allow("s3:*", BUCKET),)),
    Case("a wildcard as the last character matches colons", True, action="logs:PutLogEvents",
         on=f"arn:aws:logs:us-east-2:{A}:log-group:/acme:log-stream:x",
         identity=(allow("logs:*", f"arn:aws:logs:us-east-2:{A}:log-group:/acme*"),)),
    Case("an action without resource types and a policy for one resource", False, action="s3:ListAllMyBuckets", on="*",
         identity=(allow("s3:*", BUCKET),)),
    Case("NotAction matches all others", True, identity=({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},)),
    Case("NotAction excludes what it names", False, identity=({"Effect": "Allow", "NotAction": ["iam:*", "s3:Get*"], "Resource": "*"},)),
    Case("NotResource matches all others", True, identity=({"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::other/*"},)),
    Case("NotResource excludes what it names", False, identity=({"Effect": "Allow", "Action": "s3:*", "NotResource": f"{BUCKET}/*"},)),
    Case("Deny with NotAction", False, identity=(allow("*"), {"Effect": "Deny", "NotAction": "sts:*", "Resource": "*"})),
    Case("a variable in a resource", True, caller=user, on=f"{BUCKET}/home/ann/x",
         identity=(allow("s3:*", BUCKET + "/home/${aws:username}/*"),)),
    Case("another user's resource", False, caller=user, on=f"{BUCKET}/home/bob/x",
         identity=(allow("s3:*", BUCKET + "/home/${aws:username}/*"),)),
    Case("a variable without a value matches no resource", False, on=f"{BUCKET}/home//x",
         identity=(allow("s3:*", BUCKET + "/home/${aws:username}/*"),)),
    Case("a condition that holds", True, keys={"aws:RequestedRegion": "us-east-2"},
         identity=(allow(Condition={"StringEquals": {"aws:RequestedRegion": "us-east-2"}}),)),
    Case("a condition that does not hold", False, keys={"aws:RequestedRegion": "us-east-1"},
         identity=(allow(Condition={"StringEquals": {"aws:RequestedRegion": "us-east-2"}}),)),
    Case("aws:PrincipalArn of a session is its role's", True, identity=(allow(Condition={"ArnEquals": {"aws:PrincipalArn": ROLE}}),)),
    Case("aws:PrincipalAccount", True, identity=(allow(Condition={"StringEquals": {"aws:PrincipalAccount": A}}),)),
    Case("aws:PrincipalType", True, identity=(allow(Condition={"StringEquals": {"aws:PrincipalType": "AssumedRole"}}),)),
    # Explicit deny.
    Case("a deny overrides an allow", False, identity=(allow(), deny("s3:GetObject"))),
    Case("a deny of something else does not", True, identity=(allow(), deny("s3:PutObject"))),
    Case("a deny in the boundary", False, identity=(allow(),), boundary=(allow(), deny())),
    Case("a deny in the session policy", False, identity=(allow(),), session=(allow(), deny())),
    Case("a deny in the resource's policy", False, identity=(allow(),), resource=(by("*", deny()),)),
    Case("a deny to the role's ARN applies to its sessions", False, identity=(allow(),), resource=(by({"AWS": ROLE}, deny()),)),
    Case("a deny to the account applies to its roles", False, identity=(allow(),), resource=(by(ACCOUNT, deny()),)),
    Case("a deny to another role does not apply", True, identity=(allow(),), resource=(by({"AWS": ROLE + "2"}, deny()),)),
    Case("a deny in an identity policy overrides the resource's allow", False, identity=(deny(),), resource=(by({"AWS": SESSION}),)),
    Case("a deny whose condition does not hold", True, identity=(allow(), deny(Condition={"Bool": {"aws:SecureTransport": "false"}})),
         keys={"aws:SecureTransport": True}),
    Case("NotPrincipal denies all others", False, identity=(allow(),),
         resource=({**deny(), "NotPrincipal": {"AWS": [USER, f"arn:aws:iam::{A}:root"]}},)),
    Case("NotPrincipal needs account, role and session", False, identity=(allow(),),
         resource=({**deny(), "NotPrincipal": {"AWS": [ROLE]}},)),
    Case("NotPrincipal with role and session but without the account", False, identity=(allow(),),
         resource=({**deny(), "NotPrincipal": {"AWS": [SESSION, ROLE]}},)),
    Case("NotPrincipal with account, role and session", True, identity=(allow(),),
         resource=({**deny(), "NotPrincipal": {"AWS": [SESSION, ROLE, A]}},)),
    # Boundary and session policies: the intersection.
    Case("boundary and identity policy allow", True, identity=(allow(),), boundary=(allow("s3:Get*"),)),
    Case("the boundary does not allow", False, identity=(allow(),), boundary=(ELSEWHERE,)),
    Case("a boundary does not allow on its own", False, boundary=(allow(),)),
    Case("session and identity policy allow", True, identity=(allow(),), session=(allow(),)),
    Case("the session policy does not allow", False, identity=(allow(),), session=(ELSEWHERE,)),
    Case("a session policy does not allow on its own", False, session=(allow(),)),
    Case("the boundary allows, the session policy does not", False, identity=(allow(),), boundary=(allow(),), session=(ELSEWHERE,)),
    # Resource policies within one account.
    Case("the resource's policy allows the role", True, resource=(by({"AWS": ROLE}),)),
    Case("the resource's policy names the account: identity policies decide", False, resource=(by(ACCOUNT),)),
    Case("the resource's policy names the account by number", False, resource=(by({"AWS": A}),)),
    Case("identity policies allow, whichever principal the resource's policy names", True, identity=(allow(),),
        resource=(by({"AWS": USER}),)),
    Case("to the role's ARN: the boundary still limits", False, boundary=(ELSEWHERE,), resource=(by({"AWS": ROLE}),)),
    Case("to the role's ARN: the session policy still limits", False, session=(ELSEWHERE,), resource=(by({"AWS": ROLE}),)),
    Case("to the role's ARN, within boundary and session policy", True, boundary=(allow(),), session=(allow(),),
         resource=(by({"AWS": ROLE}),)),
    Case("to the session's ARN: the boundary does not limit", True, boundary=(ELSEWHERE,), resource=(by({"AWS": SESSION}),)),
    Case("to the session's ARN: the session policy does not limit", True, session=(ELSEWHERE,), resource=(by({"AWS": SESSION}),)),
    Case("to the user's ARN: the boundary does not limit", True, caller=user, boundary=(ELSEWHERE,), resource=(by({"AWS": USER}),)),
    Case("to everybody, limited by aws:PrincipalArn: the boundary does not limit", True, boundary=(ELSEWHERE,),
         resource=(by("*", allow(Condition={"ArnEquals": {"aws:PrincipalArn": ROLE}})),)),
    Case("the role's ARN counts, although the account is named too", True, resource=(by({"AWS": ROLE}), by(ACCOUNT))),
    Case("a resource without an account is the caller's", True, owner="", identity=(allow(),)),
    Case("another session's ARN", False, resource=(by({"AWS": SESSION + "2"}),)),
    # Across accounts: both sides.
    Case("across accounts, the resource's policy only", False, caller=foreign, resource=(by({"AWS": f"arn:aws:iam::{B}:role/build"}),)),
    Case("across accounts, the identity policy only", False, caller=foreign, identity=(allow(),)),
    Case("across accounts, both, to the role", True, caller=foreign, identity=(allow(),),
         resource=(by({"AWS": f"arn:aws:iam::{B}:role/build"}),)),
    Case("across accounts, both, to the account", True, caller=foreign, identity=(allow(),), resource=(by({"AWS": B}),)),
    Case("across accounts, both, to everybody", True, caller=foreign, identity=(allow(),), resource=(by("*"),)),
    Case("across accounts, to everybody only", False, caller=foreign, resource=(by("*"),)),
    Case("across accounts, the session's ARN does not replace the identity policy", False, caller=foreign,
         resource=(by({"AWS": f"arn:aws:sts::{B}:assumed-role/build/run"}),)),
    Case("across accounts, to another account", False, caller=foreign, identity=(allow(),), resource=(by(ACCOUNT),)),
    Case("across accounts, the boundary limits", False, caller=foreign, identity=(allow(),), boundary=(ELSEWHERE,),
         resource=(by({"AWS": B}),)),
    Case("across accounts, a key's policy that names the account", True, caller=foreign, identity=(allow("kms:*"),),
         resource=(by({"AWS": B}, allow("kms:*")),), **KMS),
    # Keys: their policy must allow the request, or delegate to identity policies.
    Case("a key policy that names the account, and an identity policy", True, identity=(allow("kms:*"),),
         resource=(by(ACCOUNT, allow("kms:*")),), **KMS),
    Case("a key policy that names the account only", False, resource=(by(ACCOUNT, allow("kms:*")),), **KMS),
    Case("an identity policy without the key policy", False, identity=(allow("kms:*"),),
         resource=(by({"AWS": USER}, allow("kms:*")),), **KMS),
    Case("a key policy that names the account for other actions", False, identity=(allow("kms:*"),),
         resource=(by(ACCOUNT, allow("kms:Describe*")),), **KMS),
    Case("a key policy that names the role", True, resource=(by({"AWS": ROLE}, allow("kms:Decrypt")),), **KMS),
    Case("a key policy for everybody, by service", True, keys={"kms:ViaService": "sns.us-east-2.amazonaws.com", "kms:CallerAccount": A},
         resource=(by("*", allow("kms:*", Condition={"StringEquals": {"kms:ViaService": "sns.us-east-2.amazonaws.com"}})),), **KMS),
    Case("root and a key policy that does not name the account", False, caller=root, resource=(by({"AWS": ROLE}, allow("kms:*")),), **KMS),
    Case("root and a key policy that names the account", True, caller=root, resource=(by(ACCOUNT, allow("kms:*")),), **KMS),
    # Trust policies are resource policies that must allow.
    Case("a trust policy that names the role, in one account", True, action="sts:AssumeRole", must=True,
         resource=(by({"AWS": ROLE}, allow("sts:*")),)),
    Case("a trust policy that names the account needs an identity policy", False, action="sts:AssumeRole", must=True,
         resource=(by(ACCOUNT, allow("sts:AssumeRole")),)),
    Case("an external id that is missing", False, action="sts:AssumeRole", must=True, identity=(allow("sts:*"),),
         resource=(by(ACCOUNT, allow("sts:AssumeRole", Condition={"StringEquals": {"sts:ExternalId": "x"}})),)),
    Case("a trust policy for an identity provider", True, caller=github, action="sts:AssumeRoleWithWebIdentity", must=True,
         resource=(by({"Federated": github.arn}, allow("sts:AssumeRoleWithWebIdentity",
                   Condition={"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:a/b:x"}})),)),
    Case("a token of another subject", False, caller=github, action="sts:AssumeRoleWithWebIdentity", must=True,
         resource=(by({"Federated": github.arn}, allow("sts:AssumeRoleWithWebIdentity",
                   Condition={"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:a/b:y"}})),)),
    # Services, root and anonymous callers.
    Case("a service and its resource's policy", True, caller=events, action="sns:Publish", on=TOPIC,
         resource=(by({"Service": "events.amazonaws.com"}, allow("sns:Publish", TOPIC)),)),
    Case("another service", False, caller=events, action="sns:Publish", on=TOPIC,
         resource=(by({"Service": "cloudwatch.amazonaws.com"}, allow("sns:Publish", TOPIC)),)),
    Case("a service and a condition on a key it does not send", False, caller=events, action="sns:Publish", on=TOPIC,
         resource=(by({"Service": "events.amazonaws.com"}, allow("sns:Publish", Condition={"StringEquals": {"aws:SourceAccount": A}})),)),
    Case("a service and a policy for the account", False, caller=events, action="sns:Publish", on=TOPIC,
         resource=(by(ACCOUNT, allow("sns:*")),)),
    Case("everybody includes services", True, caller=events, action="sns:Publish", on=TOPIC, resource=(by({"AWS": "*"}, allow("sns:*")),)),
    Case("a service without a resource policy", False, caller=events, action="sns:Publish", on=TOPIC),
    Case("root needs no policy in its account", True, caller=root),
    Case("root and a deny in the resource's policy", False, caller=root, resource=(by("*", deny()),)),
    Case("root can delete a bucket policy that denies everybody", True, caller=root, action="s3:DeleteBucketPolicy", on=BUCKET,
         resource=(by("*", deny()),)),
    Case("another account's root does not", False, caller=other_root, action="s3:DeleteBucketPolicy", on=BUCKET,
         resource=(by("*", deny()),)),
    Case("another account's root, although the policy allows it", False, caller=other_root, action="s3:DeleteBucketPolicy", on=BUCKET,
         resource=(by({"AWS": B}), by("*", deny()))),
    Case("another account's root is another account", False, caller=other_root),
    Case("another account's root and a policy for its account", True, caller=other_root, resource=(by({"AWS": B}),)),
    Case("an anonymous caller and a policy for everybody", True, caller=anonymous, resource=(by("*"),)),
    Case("an anonymous caller and a policy for the account", False, caller=anonymous, resource=(by(ACCOUNT),)),
    Case("GetCallerIdentity needs no permission", True, action="sts:GetCallerIdentity", on="*", identity=(deny("*"),)),
]
