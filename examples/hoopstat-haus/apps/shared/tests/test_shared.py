"""Tests of the shared library."""

import io
import json
import logging

import pytest

from hoopstat_shared import discovery, logs
from hoopstat_shared.config import ConfigurationError, Settings
from hoopstat_shared.health import Readiness
from hoopstat_shared.metrics import Metrics
from hoopstat_shared.objects import NotFound, Objects
from hoopstat_shared.testing import MemoryS3

VARIABLES = {
    "AWS_REGION": "us-east-1", "PROJECT": "hoopstat-haus", "ENVIRONMENT": "prod", "SERVICE": "data-pipeline",
    "ECR_REPOSITORY": "hoopstat-haus/data-pipeline", "DISCOVERY_PATH": "/prod/hoopstat-haus/discovery",
    "S3_BUCKET_NAME": "hoopstat-haus-raw-data-prod", "S3_BUCKET_RAW_DATA": "hoopstat-haus-raw-data-prod",
}


def test_settings_are_read_from_the_variables_of_a_task():
    settings = Settings.read(VARIABLES)
    assert settings.bucket == "hoopstat-haus-raw-data-prod"
    assert settings.bucket_of("raw-data") == "hoopstat-haus-raw-data-prod"
    assert (settings.region, settings.repository, settings.port) == ("us-east-1", "hoopstat-haus/data-pipeline", 8080)
    assert not settings.path_style


def test_one_error_names_all_missing_variables():
    with pytest.raises(ConfigurationError, match="missing environment variables: AWS_REGION, SERVICE;"):
        Settings.read({name: value for name, value in VARIABLES.items() if name not in ("AWS_REGION", "SERVICE")})


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8080.5"])
def test_a_wrong_port_is_named(port):
    with pytest.raises(ConfigurationError, match=f"PORT is '{port}'; it must be a number from 1 to 65535"):
        Settings.read({**VARIABLES, "PORT": port})


def test_an_unknown_bucket_names_the_available_ones():
    with pytest.raises(ConfigurationError, match="data-pipeline uses no bucket backup; available: raw-data"):
        Settings.read(VARIABLES).bucket_of("backup")


def test_objects_are_created_read_updated_and_deleted():
    objects = Objects(MemoryS3(), "bucket")
    objects.write("a/1.json", {"points": 1})
    assert objects.read("a/1.json") == {"points": 1}
    objects.write("a/1.json", {"points": 2})
    assert objects.read("a/1.json") == {"points": 2}
    assert list(objects.keys("a/")) == ["a/1.json"]
    objects.delete("a/1.json")
    with pytest.raises(NotFound, match="bucket has no object a/1.json"):
        objects.read("a/1.json")
    assert list(objects.keys()) == []


def test_equal_content_is_written_as_equal_bytes():
    s3 = MemoryS3()
    Objects(s3, "bucket").write("one", {"a": 1, "b": 2})
    Objects(s3, "bucket").write("two", {"b": 2, "a": 1})
    assert s3.buckets["bucket"]["one"] == s3.buckets["bucket"]["two"]


def test_readiness_names_what_fails_and_caches_the_result():
    now, calls = [0.0], []
    bucket = Objects(MemoryS3(denied=("ListObjectsV2",)), "bucket")

    def check():
        calls.append(1)
        return bucket.check()

    readiness = Readiness({"raw": check}, seconds=5, clock=lambda: now[0])
    assert readiness.reasons() == ["raw: bucket: AccessDenied"]
    assert readiness.reasons() == ["raw: bucket: AccessDenied"]
    assert len(calls) == 1
    now[0] = 5.1
    readiness.reasons()
    assert len(calls) == 2


def test_metrics_are_lines_in_the_embedded_metric_format():
    stream = io.StringIO()
    Metrics(Settings.read(VARIABLES), stream).put(Games=(3, "Count"))
    line = json.loads(stream.getvalue())
    assert line["_aws"]["CloudWatchMetrics"] == [
        {"Namespace": "hoopstat-haus", "Dimensions": [["Environment", "Service"]], "Metrics": [{"Name": "Games", "Unit": "Count"}]}]
    assert (line["Games"], line["Environment"], line["Service"]) == (3, "prod", "data-pipeline")
    assert line["_aws"]["Timestamp"] > 1_700_000_000_000


def test_log_lines_are_json_with_the_given_fields():
    stream = io.StringIO()
    log = logs.configure(Settings.read(VARIABLES), stream)
    try:
        log.info("processed %s", "a.json", extra={"games": 3})
        try:
            raise ValueError("broken")
        except ValueError:
            log.exception("failed")
    finally:
        logging.getLogger().handlers.clear()
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["message"], first["level"], first["service"], first["games"]) == ("processed a.json", "info", "data-pipeline", 3)
    assert "ValueError: broken" in second["exception"]


def test_discovery_returns_paths_below_the_environment():
    class Ssm:
        def get_paginator(self, operation):
            assert operation == "get_parameters_by_path"
            return self

        def paginate(self, Path, Recursive):
            assert (Path, Recursive) == ("/prod/hoopstat-haus/discovery", True)
            yield {"Parameters": [{"Name": f"{Path}/buckets/raw-data", "Value": "hoopstat-haus-raw-data-prod"}]}
            yield {"Parameters": [{"Name": f"{Path}/cluster", "Value": "hoopstat-haus-prod"}]}

    found = discovery.read_all(Ssm(), Settings.read(VARIABLES))
    assert found == {"buckets/raw-data": "hoopstat-haus-raw-data-prod", "cluster": "hoopstat-haus-prod"}
