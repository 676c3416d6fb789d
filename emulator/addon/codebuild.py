"""CodeBuild: projects whose source comes with each build, and the members of a project that moto drops."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import moto.codebuild.responses as responses
from moto.codebuild.responses import CodeBuildResponse, ResourceNotFoundException
from moto.core.utils import unix_time

from .registry import add, patch, replace

patch("codebuild", "CreateProject",
    "moto requires a location for sources and artifacts that have none (CODEPIPELINE, NO_SOURCE), and drops key and limits")
patch("codebuild", "UpdateProject", "moto lacks it; a changed build could not be applied")

_WITHOUT_LOCATION = ("CODEPIPELINE", "NO_SOURCE")
_DROPPED = ("autoRetryLimit", "concurrentBuildLimit", "encryptionKey", "projectVisibility", "secondarySources", "vpcConfig")
_CHANGED = ("description", "source", "artifacts", "environment", "serviceRole", "cache", "timeoutInMinutes", "queuedTimeoutInMinutes",
            "tags", "sourceVersion", "logsConfig", *_DROPPED)


def _location_may_be_missing(original: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    def validate(given: dict[str, Any]) -> None:
        if given["type"] not in _WITHOUT_LOCATION:
            original(given)

    return validate


def _set(self: Any, names: tuple[str, ...]) -> dict[str, Any]:
    project = self.codebuild_backend.codebuild_projects.get(self._get_param("name"))
    if project is None:
        raise ResourceNotFoundException(f"Project cannot be found: {self._get_param('name')}")
    metadata: dict[str, Any] = project.project_metadata
    for name in names:
        if (value := self._get_param(name)) is not None:
            metadata[name] = value
    return metadata


def _with_dropped_members(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def create_project(self: Any) -> str:
        original(self)
        return json.dumps({"project": _set(self, _DROPPED)})

    return create_project


def _update_project(self: Any) -> str:
    project = _set(self, _CHANGED)
    project["lastModified"] = unix_time()
    return json.dumps({"project": project})


for _check in ("_validate_required_params_source", "_validate_required_params_artifacts"):
    replace(responses, _check, _location_may_be_missing)  # type: ignore[arg-type]
replace(CodeBuildResponse, "create_project", _with_dropped_members)
add(CodeBuildResponse, "update_project", _update_project)
