"""Tests of the API, without a network."""

import io
import json
import logging

import pytest
from fastapi.testclient import TestClient

from hoopstat_shared.config import Settings
from hoopstat_shared.metrics import Metrics
from hoopstat_shared.objects import Objects
from hoopstat_shared.testing import MemoryS3
from stats_api.app import create

SETTINGS = Settings("us-east-1", "hoopstat-haus", "prod", "stats-api", "hoopstat-haus/stats-api", "/prod/hoopstat-haus/discovery")
STANDINGS = {"games": 1, "teams": [{"team": "owls", "games": 1, "wins": 1, "losses": 0, "points": 101, "allowed": 99}]}


@pytest.fixture
def stream():
    return io.StringIO()


def api(stream, s3):
    return TestClient(create(SETTINGS, Objects(s3, "processed"), Metrics(SETTINGS, stream), logging.getLogger("test")))


@pytest.fixture
def filled(stream):
    s3 = MemoryS3()
    Objects(s3, "processed").write("standings.json", STANDINGS)
    return api(stream, s3)


def test_standings_are_served(filled):
    assert filled.get("/standings").json() == STANDINGS


def test_one_team_is_served(filled):
    assert filled.get("/teams/owls").json()["wins"] == 1
    assert (filled.get("/teams/bears").status_code, filled.get("/teams/bears").json()) == (404, {"error": "no team bears"})


def test_before_the_first_run_nothing_is_found(stream):
    answer = api(stream, MemoryS3()).get("/standings")
    assert (answer.status_code, answer.json()) == (404, {"error": "no standings yet: data-pipeline has not run"})


def test_it_is_alive_and_ready(filled):
    assert filled.get("/health").json() == {"alive": True}
    assert (filled.get("/health/ready").status_code, filled.get("/health/ready").json()) == (200, {"ready": True, "reasons": []})


def test_it_is_alive_but_not_ready_without_its_bucket(stream):
    client = api(stream, MemoryS3(denied=("ListObjectsV2", "GetObject")))
    assert client.get("/health").status_code == 200
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["processed-data: processed: AccessDenied"])
    assert (client.get("/standings").status_code, client.get("/standings").json()) == (502, {"error": "AccessDenied"})


def test_requests_are_measured_and_health_checks_are_not(stream, filled):
    filled.get("/health")
    assert stream.getvalue() == ""
    filled.get("/standings")
    assert json.loads(stream.getvalue())["Requests"] == 1
