"""CodeBuild: limits of concurrent builds, roles that it may assume."""

from __future__ import annotations

from api import ApiRequest
from api.errors import ApiError

from .policies import trusts
from .registry import backend, rule


@rule("codebuild", "StartBuild", source="https://docs.aws.amazon.com/codebuild/latest/userguide/builds-working.html")
def concurrent_builds_within_limit(request: ApiRequest) -> ApiError | None:
    """A project with its own concurrency limit does not queue builds: one more build is an error."""
    name = request.parameters["projectName"]
    codebuild = backend(request, "codebuild")
    project = codebuild.codebuild_projects.get(name)
    limit = project.project_metadata.get("concurrentBuildLimit") if project else None
    running = sum(build["buildStatus"] == "IN_PROGRESS" for build in codebuild.build_metadata_history.get(name, []))
    if limit and running >= limit:
        return ApiError("AccountLimitExceededException", f"Cannot have more than {limit} active builds for the project", 400)
    return None


@rule("codebuild", "CreateProject", "UpdateProject", source="https://docs.aws.amazon.com/codebuild/latest/userguide/troubleshooting.html")
def service_role_trusts_codebuild(request: ApiRequest) -> ApiError | None:
    role = request.parameters.get("serviceRole")
    if role is None or trusts(role, "codebuild.amazonaws.com"):
        return None
    return ApiError("InvalidInputException", "CodeBuild is not authorized to perform: sts:AssumeRole on service role.", 400)
