"""Images of ECR with their layers: uploaded in parts, checked by their digests, downloaded, deleted with the last image that has them."""

from __future__ import annotations

import hashlib
import json
import unittest
import urllib.error
import urllib.request
import uuid
from typing import Any

from testing import client, covers

MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


class LayerTests(unittest.TestCase):
    def setUp(self) -> None:
        self.ecr = client("ecr")
        self.repository = f"layers-{self._testMethodName.replace('_', '-')}"[:60].rstrip("-")
        self.ecr.create_repository(repositoryName=self.repository)

    def upload(self, *parts: bytes, name: str | None = None) -> str:
        upload = self.ecr.initiate_layer_upload(repositoryName=self.repository)["uploadId"]
        first = 0
        for part in parts:
            self.ecr.upload_layer_part(
                repositoryName=self.repository, uploadId=upload, layerPartBlob=part, partFirstByte=first,
                partLastByte=first + len(part) - 1)
            first += len(part)
        return self.ecr.complete_layer_upload(
            repositoryName=self.repository, uploadId=upload, layerDigests=[name or digest(b"".join(parts))])["layerDigest"]

    def put(self, tag: str, config: bytes, *layers: bytes) -> str:
        for blob in (config, *layers):
            if not self.available(digest(blob)):
                self.upload(blob)
        manifest = json.dumps({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": {"digest": digest(config), "size": len(config)},
            "layers": [{"digest": digest(layer), "size": len(layer)} for layer in layers]})
        image = self.ecr.put_image(repositoryName=self.repository, imageManifest=manifest, imageTag=tag)["image"]
        self.assertEqual(image["imageId"]["imageDigest"], digest(manifest.encode()))
        return image["imageId"]["imageDigest"]

    def available(self, name: str) -> bool:
        (layer,) = self.ecr.batch_check_layer_availability(repositoryName=self.repository, layerDigests=[name])["layers"]
        return layer["layerAvailability"] == "AVAILABLE"

    def download(self, name: str) -> bytes:
        url = self.ecr.get_download_url_for_layer(repositoryName=self.repository, layerDigest=name)["downloadUrl"]
        with urllib.request.urlopen(url) as answer:
            return answer.read()

    def refused(self, code: str, request: Any, *arguments: Any, **named: Any) -> None:
        with self.assertRaises(self.ecr.exceptions.ClientError) as raised:
            request(*arguments, **named)
        self.assertEqual(raised.exception.response["Error"]["Code"], code)

    @covers(
        "ecr", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer",
        "PutImage",
    )
    def test_layer_is_stored_and_downloaded(self) -> None:
        large = bytes(5 * 1024 * 1024)
        name = self.upload(large, b"end")
        self.assertEqual(name, digest(large + b"end"))
        self.assertTrue(self.available(name))
        self.assertFalse(self.available(digest(b"other")))
        self.assertEqual(self.download(name), large + b"end")
        self.put("v1", b"{}", large + b"end")

    def test_upload_is_checked(self) -> None:
        self.refused("InvalidLayerException", self.upload, b"content", name=digest(b"other"))
        self.refused("EmptyUploadException", self.upload, name=digest(b""))
        self.refused("LayerPartTooSmallException", self.upload, b"small", b"end")
        self.upload(b"twice")
        self.refused("LayerAlreadyExistsException", self.upload, b"twice")
        upload = self.ecr.initiate_layer_upload(repositoryName=self.repository)["uploadId"]
        part = {"repositoryName": self.repository, "partFirstByte": 1, "partLastByte": 1, "layerPartBlob": b"x"}
        self.refused("InvalidLayerPartException", self.ecr.upload_layer_part, uploadId=upload, **part)
        self.refused("UploadNotFoundException", self.ecr.upload_layer_part, uploadId=str(uuid.uuid4()), **part)
        self.refused(
            "LayersNotFoundException", self.ecr.get_download_url_for_layer, repositoryName=self.repository, layerDigest=digest(b"none"))
        self.refused("RepositoryNotFoundException", self.ecr.initiate_layer_upload, repositoryName="missing")

    def test_url_of_a_layer_is_not_guessed(self) -> None:
        name = self.upload(b"content")
        url = self.ecr.get_download_url_for_layer(repositoryName=self.repository, layerDigest=name)["downloadUrl"]
        with self.assertRaises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(f"{url}0")
        self.assertEqual(raised.exception.code, 403)

    @covers("ecr", "BatchDeleteImage")
    def test_layers_are_deleted_with_the_last_image_that_has_them(self) -> None:
        first = self.put("v1", b"{}", b"shared", b"one")
        second = self.put("v2", b"{}", b"shared", b"two")
        self.ecr.batch_delete_image(repositoryName=self.repository, imageIds=[{"imageDigest": first}])
        self.assertEqual([self.available(digest(blob)) for blob in (b"{}", b"shared", b"one", b"two")], [True, True, False, True])
        self.ecr.batch_delete_image(repositoryName=self.repository, imageIds=[{"imageDigest": second}])
        self.assertFalse(self.available(digest(b"shared")))


if __name__ == "__main__":
    unittest.main()
