"""Authorizes every request as AWS does: its principal, the permissions that it needs, and whether the policies that are kept here allow each of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from . import encryption, principals, questions, resource_policies, service_linked_roles, stored_keys, sts, tags
from .authentication import AuthenticationError
from .caller import CallerKind
from .decision import Decision, PolicySet, Question, decide
from .documents import Policy, PolicyKind
from .errors import StsError
from .log import AuthorizationLog
from .principals import Principal
from .questions import Asked, UnknownAction
from .refusal import refusal
from .resources import Unresolved

if TYPE_CHECKING:
    from api import ApiRequest

# Code, message and HTTP status of an answer that ends a request.
Answer = tuple[str, str, int]

_STS = "sts"


class Enforcement:
    def __init__(self, log: AuthorizationLog) -> None:
        self._log = log

    def check(self, request: ApiRequest) -> Answer | None:
        """None where AWS would go on; otherwise its error."""
        try:
            principal = principals.authenticate(request.access_key_id, request.session_token)
        except AuthenticationError as failure:
            self._say(f"{request.signing_name} {request.operation}: credentials not accepted: {failure}")
            return failure.answer(request.service, request.protocol)
        try:
            asked = list(self._asked(request, principal))
        except StsError as error:
            return error.code, str(error), error.status
        except (UnknownAction, Unresolved, NotImplementedError) as unknown:
            # Refused loudly, never allowed: what cannot be decided here might be denied on AWS.
            self._say(f"{request.service} {request.operation}: cannot be authorized: {unknown}")
            return "NotImplemented", f"the emulator cannot authorize {request.service} {request.operation}: {unknown}", 501
        answer = next(filter(None, (self._decide(request, question, policies) for question, policies in asked)), None)
        self._log.request(principal.caller.principal_arn or principal.caller.arn, answer is None)
        if answer is None:
            self._remember(request, asked)
        return answer

    def _asked(self, request: ApiRequest, principal: Principal) -> Any:
        if request.service == _STS:
            return sts.questions(request.operation, request.parameters, principal, questions.of_every_request(request.region))
        account = principal.caller.account
        if principal.caller.kind is CallerKind.ANONYMOUS:
            account = ""
        found = questions.of(request.service, request.signing_name, request.operation, request.parameters, request.region, account)
        return ((self._question(each, principal), self._policies(each, principal, request.region)) for each in found)

    def _question(self, asked: Asked, principal: Principal) -> Question:
        keys = {**tags.condition_keys(asked.resource), "aws:ResourceAccount": asked.account, **asked.keys}
        return Question(principal.caller, asked.action, asked.resource, asked.account, keys)

    def _policies(self, asked: Asked, principal: Principal, region: str) -> PolicySet:
        if asked.key is not None and stored_keys.is_aws_managed(asked.key.key):
            document = encryption.aws_managed_policy(asked.account, asked.key.service, region)
            return principal.on(Policy.of(f"AWS managed key of {asked.key.service}", PolicyKind.RESOURCE, document), must_allow=True)
        found = resource_policies.of(asked.resource)
        # A key that is not there has no policy: AWS, and moto, then say so.
        return principal.on(*found, must_allow=bool(found) and asked.resource.startswith("arn:aws:kms:"))

    def _decide(self, request: ApiRequest, question: Question, policies: PolicySet) -> Answer | None:
        decision = decide(question, policies)
        if question.caller.kind is not CallerKind.ROOT or not decision.allowed:
            self._log.answered(request.service, request.operation, question, decision)
        if decision.allowed:
            return None
        self._refused(request, question, decision)
        said = refusal(question, decision, request.service, request.protocol)
        return said.code, said.message, said.status

    def _remember(self, request: ApiRequest, asked: list[tuple[Question, PolicySet]]) -> None:
        """AWS has made the service-linked role that the request needed."""
        for question, _ in asked:
            if question.action == "iam:CreateServiceLinkedRole" and request.operation != "CreateServiceLinkedRole":
                service_linked_roles.made(question.caller.account, str(question.keys["iam:AWSServiceName"]))

    def _refused(self, request: ApiRequest, question: Question, decision: Decision) -> None:
        what = f"{question.caller.arn} {question.action} on {question.resource}"
        self._say(f"REFUSED {request.service} {request.operation}: {what}: {decision.reason}")

    @staticmethod
    def _say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)
