"""ECR: templates of repositories that replication creates."""

from __future__ import annotations

import json
import time
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.ecr.responses import ECRResponse

from .registry import add, patch

for _operation in (
    "CreateRepositoryCreationTemplate", "DescribeRepositoryCreationTemplates", "UpdateRepositoryCreationTemplate",
    "DeleteRepositoryCreationTemplate",
):
    patch("ecr", _operation, "moto lacks it; replicated repositories could not have a lifecycle policy")

_SETTINGS = (
    "description", "encryptionConfiguration", "resourceTags", "imageTagMutability", "imageTagMutabilityExclusionFilters",
    "repositoryPolicy",
    "lifecyclePolicy", "appliedFor", "customRoleArn",
)
_Template = dict[str, Any]


def _templates(response: Any) -> dict[str, _Template]:
    """The templates of the account and region, by prefix."""
    backend = response.ecr_backend
    if not hasattr(backend, "creation_templates"):
        backend.creation_templates = {}
    return backend.creation_templates


def _sent(response: Any) -> _Template:
    sent = json.loads(response.body or "{}")
    return {setting: sent[setting] for setting in _SETTINGS if setting in sent}


def _answer(response: Any, template: _Template) -> str:
    return json.dumps({"registryId": response.current_account, "repositoryCreationTemplate": template})


def _found(response: Any) -> _Template:
    prefix = response._get_param("prefix")
    if prefix not in _templates(response):
        raise JsonRESTError("TemplateNotFoundException", f"The Template with prefix '{prefix}' does not exist")
    return _templates(response)[prefix]


def _create(self: Any) -> str:
    prefix = self._get_param("prefix")
    if prefix in _templates(self):
        raise JsonRESTError("TemplateAlreadyExistsException", f"The Template with prefix '{prefix}' already exists")
    now = time.time()
    encryption = {"encryptionConfiguration": {"encryptionType": "AES256"}, "imageTagMutability": "MUTABLE"}
    template = _templates(self)[prefix] = encryption | {"prefix": prefix, "createdAt": now, "updatedAt": now} | _sent(self)
    return _answer(self, template)


def _update(self: Any) -> str:
    template = _found(self)
    template.update(_sent(self), updatedAt=time.time())
    return _answer(self, template)


def _delete(self: Any) -> str:
    return _answer(self, _templates(self).pop(_found(self)["prefix"]))


def _describe(self: Any) -> str:
    prefixes = self._get_param("prefixes")
    found = [template for prefix, template in _templates(self).items() if not prefixes or prefix in prefixes]
    return json.dumps({"registryId": self.current_account, "repositoryCreationTemplates": found})


add(ECRResponse, "create_repository_creation_template", _create)
add(ECRResponse, "update_repository_creation_template", _update)
add(ECRResponse, "delete_repository_creation_template", _delete)
add(ECRResponse, "describe_repository_creation_templates", _describe)
