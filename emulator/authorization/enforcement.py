"""Authorizes every request as AWS does: its principal, the permissions that it needs, and whether the stored policies allow each of them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from . import applicable, principals, questions, service_linked_roles, sts
from .authentication import AuthenticationError
from .caller import CallerKind
from .decision import Decision, PolicySet, Question, decide
from .errors import StsError
from .log import AuthorizationLog
from .principals import Principal
from .questions import UnknownAction
from .refusal import refusal, refused_line
from .resources import Unresolved

if TYPE_CHECKING:
    from api import ApiRequest

# Code, message and HTTP status of an error response.
Answer = tuple[str, str, int]

_STS = "sts"


class Enforcement:
    def __init__(self, log: AuthorizationLog) -> None:
        self._log = log

    def check(self, request: ApiRequest) -> Answer | None:
        """None if AWS would continue; otherwise its error."""
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
            # An error, never allowed: what cannot be decided here might be denied on AWS.
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
        return ((applicable.question(each, principal), applicable.policies(each, principal)) for each in found)

    def _decide(self, request: ApiRequest, question: Question, policies: PolicySet) -> Answer | None:
        decision = decide(question, policies)
        if question.caller.kind is not CallerKind.ROOT or not decision.allowed:
            self._log.answered(request.service, request.operation, question, decision)
        if decision.allowed:
            return None
        self._say(refused_line(request.service, request.operation, question, decision))
        said = refusal(question, decision, request.service, request.protocol)
        return said.code, said.message, said.status

    def _remember(self, request: ApiRequest, asked: list[tuple[Question, PolicySet]]) -> None:
        """Records that AWS has created the service-linked roles that the request needed."""
        for question, _ in asked:
            if question.action == "iam:CreateServiceLinkedRole" and request.operation != "CreateServiceLinkedRole":
                service_linked_roles.made(question.caller.account, str(question.keys["iam:AWSServiceName"]))

    @staticmethod
    def _say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)
