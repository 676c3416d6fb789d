"""The server as a process: its state file, a single instance, stopping, and deletion of its data."""

from __future__ import annotations

import http.client
import http.server
import json
import os
import threading
import unittest
import unittest.mock
import urllib.error
import urllib.request

from botocore.exceptions import ClientError
from testing import PATIENCE_SECONDS, Server, client, covers, shared

SIGNED = "AWS4-HMAC-SHA256 Credential=111111111111/20260101/us-east-2/s3/aws4_request, SignedHeaders=host, Signature=0"


class ServerTests(unittest.TestCase):
    def test_state_names_process_and_address(self) -> None:
        server = shared()
        self.assertEqual(server.state["pid"], server.process.pid)
        self.assertEqual(server.state["url"], f"http://127.0.0.1:{server.state['port']}")
        self.assertRegex(server.state["startedAt"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertTrue(os.path.isfile(server.state["log"]))

    def test_health_names_the_process_and_the_patches(self) -> None:
        with urllib.request.urlopen(f"{shared().state['url']}/_infra/health") as answer:
            health = json.load(answer)
        self.assertEqual(health["pid"], shared().state["pid"])
        self.assertIn("ecs:CreateService", health["patched"])

    def test_second_start_fails_and_names_the_first(self) -> None:
        second = shared().start()
        _, errors = second.communicate(timeout=PATIENCE_SECONDS)
        self.assertEqual(second.returncode, 3)
        self.assertIn(shared().state["url"].encode(), errors)
        self.assertTrue(shared().state_file.exists())

    def test_moto_does_not_ask_the_instance_metadata_service(self) -> None:
        asked: list[str] = []

        class Metadata(http.server.BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            do_GET = do_PUT

        metadata = http.server.HTTPServer(("127.0.0.1", 0), Metadata)
        threading.Thread(target=metadata.serve_forever, daemon=True).start()
        self.addCleanup(metadata.shutdown)
        with unittest.mock.patch.dict(
            os.environ, {"AWS_EC2_METADATA_SERVICE_ENDPOINT": f"http://127.0.0.1:{metadata.server_port}/"}):
            started = Server()
        self.addCleanup(started.stop)
        self.assertEqual(started.client("backup").list_backup_vaults()["BackupVaultList"], [])
        self.assertEqual(asked, [])

    def test_stop_removes_the_state_and_all_data(self) -> None:
        first = Server()
        first.client("s3").create_bucket(Bucket="acme-forgotten", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        state_file = first.state_file
        first.process.terminate()
        first.process.communicate(timeout=PATIENCE_SECONDS)
        self.assertEqual(first.process.returncode, 0)
        self.assertFalse(state_file.exists())
        first.stop()
        second = Server()
        self.addCleanup(second.stop)
        self.assertEqual(second.client("s3").list_buckets()["Buckets"], [])

    def test_connection_stays_open_after_every_request(self) -> None:
        client("s3").create_bucket(Bucket="acme-open", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        connection = http.client.HTTPConnection("127.0.0.1", shared().state["port"])
        connection.connect()
        opened = connection.sock
        for method, path, body, status, length in (
            ("PUT", "/acme-open/a", b"12345", 200, 0),
            ("HEAD", "/acme-open/a", None, 200, 0),
            ("GET", "/acme-open/a", None, 200, 5),
            ("HEAD", "/acme-open/none", None, 404, 0),
            ("PUT", "/acme-open/chunked", iter([b"123", b"4567"]), 200, 0),
            ("GET", "/acme-open/chunked", None, 200, 7),
            ("DELETE", "/acme-open/a", None, 204, 0),
            ("GET", "/_infra/health", None, 200, None),
        ):
            with self.subTest(f"{method} {path}"):
                chunked = body is not None and not isinstance(body, bytes)
                encoding = {"Transfer-Encoding": "chunked"} if chunked else {}
                connection.request(method, path, body, {"Authorization": SIGNED, **encoding}, encode_chunked=chunked)
                answer = connection.getresponse()
                content = answer.read()
                self.assertEqual(answer.status, status)
                if length is not None:
                    self.assertEqual(len(content), length)
                self.assertIs(connection.sock, opened)
        connection.close()

    @covers("*", "operation moto lacks")
    def test_missing_operation_is_not_retried_and_is_named(self) -> None:
        with self.assertRaises(ClientError) as raised:
            client("ecs").describe_service_revisions(serviceRevisionArns=["arn:aws:ecs:us-east-2:111111111111:service-revision/a/b/1"])
        self.assertEqual(raised.exception.response["ResponseMetadata"]["HTTPStatusCode"], 501)
        self.assertIn("describe_service_revisions", str(raised.exception))

    @covers("*", "operation moto lacks")
    def test_missing_path_and_missing_service_are_not_retried(self) -> None:
        for service, call in (
            ("cloudfront", lambda c: c.list_streaming_distributions()),
            ("detective", lambda c: c.list_graphs()),
        ):
            with self.subTest(service), self.assertRaises(ClientError) as raised:
                call(client(service))
            self.assertEqual(raised.exception.response["ResponseMetadata"]["HTTPStatusCode"], 501)


if __name__ == "__main__":
    unittest.main()
