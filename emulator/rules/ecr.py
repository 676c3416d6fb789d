"""ECR: immutable tags, digests of manifests."""

from __future__ import annotations

import fnmatch
import hashlib

from api import ApiRequest
from api.errors import ApiError

from .registry import backend, rule


@rule("ecr", "PutImage", source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html")
def immutable_tag_stays(request: ApiRequest) -> ApiError | None:
    """Rejects another image under an existing tag; if it is the same image, moto itself reports that it exists."""
    name, tag = request.parameters["repositoryName"], request.parameters.get("imageTag")
    repository = backend(request, "ecr").repositories.get(name)
    if repository is None or tag is None or not repository.is_tag_immutable():
        return None
    if any(fnmatch.fnmatchcase(tag, each["filter"]) for each in repository.image_tag_mutability_exclusion_filters or []):
        return None
    manifest = request.parameters["imageManifest"]
    if all(tag not in image.image_tags or image.image_manifest == manifest for image in repository.images):
        return None
    message = f"The image tag '{tag}' already exists in the '{name}' repository and cannot be overwritten because the tag is immutable."
    return ApiError("ImageTagAlreadyExistsException", message, 400)


@rule("ecr", "PutImage", source="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html")
def digest_is_that_of_the_manifest(request: ApiRequest) -> ApiError | None:
    """Rejects a digest that is not the manifest's."""
    digest = request.parameters.get("imageDigest")
    if digest is None or digest == f"sha256:{hashlib.sha256(request.parameters['imageManifest'].encode()).hexdigest()}":
        return None
    message = "The specified image digest does not match the digest that Amazon ECR calculated."
    return ApiError("ImageDigestDoesNotMatchException", message, 400)
