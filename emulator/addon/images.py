"""Images of private repositories: which exist, and which have the tag that makes their containers crash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from moto.ecr.models import Image, ecr_backends

# An image in a private registry of ECR: account, region, repository, and digest or tag.
_PRIVATE = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[\w-]+)\.amazonaws\.com(?:\.cn)?/(?P<repository>[^@:]+)"
    r"(?:@(?P<digest>sha256:[0-9a-f]{64})|:(?P<tag>[\w.-]+))?"
)
_CRASH = "crash"


Reference = re.Match[str]


def private(container: Mapping[str, Any]) -> Reference | None:
    """The image of a container definition, if it is in a private registry: groups account, region, repository, digest and tag."""
    return _PRIVATE.fullmatch(container.get("image", ""))


def exists(reference: Reference) -> bool:
    """Whether the repository contains the image, in any region: moto does not replicate images."""
    return _find(reference) is not None


def without_version(image: str) -> str:
    """The name of a private image without its tag or digest."""
    return image.partition("@")[0].partition(":")[0]


def crashes(definition: Any) -> bool:
    """Whether an image is tagged `crash`: a convention of the tests."""
    references = (private(container) for container in definition.container_definitions)
    found = (_find(reference) for reference in references if reference)
    return any(image is not None and _CRASH in image.image_tags for image in found)


def _find(reference: Reference) -> Image | None:
    tag = reference["tag"] or "latest"
    for image in _images(reference["account"], reference["repository"]):
        if image.image_digest == reference["digest"] or (reference["digest"] is None and tag in image.image_tags):
            return image
    return None


def _images(account: str, repository: str) -> Iterable[Image]:
    # A copy of the keys: looking up a region creates it.
    for region in list(ecr_backends[account]):
        if repository in ecr_backends[account][region].repositories:
            yield from ecr_backends[account][region].repositories[repository].images
