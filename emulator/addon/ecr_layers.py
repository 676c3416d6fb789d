"""ECR: layers of images are uploaded, stored by their digest and downloaded, so that an image can be exported and imported."""

from __future__ import annotations

import base64
import hashlib
import json
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.ecr.models import ECRBackend, Image
from moto.ecr.responses import ECRResponse

from .registry import patch, replace

for _operation in (
    "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer",
):
    patch("ecr", _operation, "moto lacks it; it stores manifests only, and images could not be copied with their layers")
patch("ecr", "PutImage", "moto computes an image's digest from the names of its layers; it is the digest of its manifest")
patch("ecr", "BatchDeleteImage", "moto has no layers; those that no other image of the repository has are deleted, too")

# Of the files that GetDownloadUrlForLayer gives out, see application.py.
DOWNLOAD = "/_infra/layers/"
_PART = 20 * 1024 * 1024
# https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CompleteLayerUpload.html
_SMALLEST_PART = 5 * 1024 * 1024
# https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html
_URL_SECONDS = 3600
_downloads: dict[str, tuple[float, bytes]] = {}


def download(path: str) -> bytes | None:
    """The layer that a URL of GetDownloadUrlForLayer names; None if the URL has expired or is wrong."""
    until, content = _downloads.get(path.removeprefix(DOWNLOAD), (0.0, b""))
    return content if time.time() < until else None


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _repository(response: Any) -> Any:
    # Raises AWS's error if the repository does not exist.
    backend, name = response.ecr_backend, response._get_param("repositoryName")
    backend.describe_repositories(repository_names=[name])
    repository = backend.repositories[name]
    if not hasattr(repository, "layers"):
        repository.layers = {}
        repository.uploads = {}
    return repository


def _upload(response: Any, repository: Any) -> list[bytes]:
    upload = response._get_param("uploadId")
    if upload not in repository.uploads:
        raise JsonRESTError("UploadNotFoundException", f"The upload with id '{upload}' does not exist")
    return repository.uploads[upload]


def _answer(response: Any, **members: Any) -> str:
    return json.dumps({"registryId": response.current_account, "repositoryName": response._get_param("repositoryName"), **members})


def _initiate(self: Any) -> str:
    upload = str(uuid.uuid4())
    _repository(self).uploads[upload] = []
    return json.dumps({"uploadId": upload, "partSize": _PART})


def _upload_part(self: Any) -> str:
    parts = _upload(self, _repository(self))
    first, last = self._get_param("partFirstByte"), self._get_param("partLastByte")
    part = base64.b64decode(self._get_param("layerPartBlob"))
    received = sum(len(each) for each in parts)
    if first != received or last - first + 1 != len(part):
        raise JsonRESTError(
            "InvalidLayerPartException", f"The layer part size is not valid, or the first byte specified is not {received}")
    parts.append(part)
    return _answer(self, uploadId=self._get_param("uploadId"), lastByteReceived=last)


def _complete(self: Any) -> str:
    repository = _repository(self)
    parts = _upload(self, repository)
    content = b"".join(parts)
    digest = _digest(content)
    if not content:
        raise JsonRESTError("EmptyUploadException", "The specified layer upload does not contain any layer parts")
    if any(len(part) < _SMALLEST_PART for part in parts[:-1]):
        raise JsonRESTError("LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size")
    if digest not in self._get_param("layerDigests"):
        raise JsonRESTError(
            "InvalidLayerException", "The layer digest calculation performed by Amazon ECR does not match the digest specified")
    if digest in repository.layers:
        raise JsonRESTError("LayerAlreadyExistsException", f"The layer with digest '{digest}' already exists")
    repository.layers[digest] = content
    del repository.uploads[self._get_param("uploadId")]
    return _answer(self, uploadId=self._get_param("uploadId"), layerDigest=digest)


def _check(self: Any) -> str:
    layers = _repository(self).layers
    return json.dumps({
        "layers": [
            {"layerDigest": digest, "layerAvailability": "AVAILABLE", "layerSize": len(layers[digest])} if digest in layers
            else {"layerDigest": digest, "layerAvailability": "UNAVAILABLE"}
            for digest in self._get_param("layerDigests")
        ],
        "failures": [],
    })


def _url(self: Any) -> str:
    layers, digest = _repository(self).layers, self._get_param("layerDigest")
    if digest not in layers:
        raise JsonRESTError("LayersNotFoundException", f"The layer with digest '{digest}' does not exist in the repository")
    now, token = time.time(), uuid.uuid4().hex
    for expired in [each for each, (until, _) in _downloads.items() if until < now]:
        del _downloads[expired]
    _downloads[token] = (now + _URL_SECONDS, layers[digest])
    return json.dumps({"downloadUrl": f"http://{self.headers['Host']}{DOWNLOAD}{token}", "layerDigest": digest})


for _name, _method in (
    ("initiate_layer_upload", _initiate), ("upload_layer_part", _upload_part), ("complete_layer_upload", _complete),
    ("batch_check_layer_availability", _check), ("get_download_url_for_layer", _url),
):
    replace(ECRResponse, _name, lambda original, method=_method: lambda self: method(self))


def _create_digest(original: Callable[..., None]) -> Callable[..., None]:
    def method(self: Image) -> None:
        self._image_digest = _digest(self.image_manifest.encode())

    return method


def _delete_images(original: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: Any, repository_name: str, *arguments: Any, **named: Any) -> Any:
        repository = self.repositories.get(repository_name)
        before = set(_referenced(repository)) if hasattr(repository, "layers") else set()
        result = original(self, repository_name, *arguments, **named)
        for digest in before - set(_referenced(repository)):
            repository.layers.pop(digest, None)
        return result

    return method


def _referenced(repository: Any) -> Iterator[str]:
    for image in repository.images:
        manifest = json.loads(image.image_manifest)
        for blob in [manifest.get("config"), *manifest.get("layers", [])]:
            if blob:
                yield blob["digest"]


replace(Image, "_create_digest", _create_digest)
replace(ECRBackend, "batch_delete_image", _delete_images)
