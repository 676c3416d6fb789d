"""Tests of the data pipeline."""

import logging

import pytest

from data_pipeline import pipeline, standings
from data_pipeline.games import Game, InvalidGame
from hoopstat_shared.objects import Objects
from hoopstat_shared.testing import MemoryS3

LOG = logging.getLogger("test")
GAME = {"home": "owls", "away": "hawks", "homePoints": 101, "awayPoints": 99}


@pytest.fixture
def s3():
    memory = MemoryS3()
    raw = Objects(memory, "raw")
    raw.write("2026/1.json", GAME)
    raw.write("2026/2.json", {"home": "hawks", "away": "bears", "homePoints": 80, "awayPoints": 90})
    return memory


def run(s3, prefix=""):
    return pipeline.run(Objects(s3, "raw"), Objects(s3, "processed"), LOG, prefix)


def test_raw_games_become_processed_standings(s3):
    assert run(s3) == pipeline.Result(processed=2, invalid=0)
    result = Objects(s3, "processed").read("standings.json")
    assert result["games"] == 2
    assert [row["team"] for row in result["teams"]] == ["bears", "owls", "hawks"]
    assert result["teams"][2] == {"team": "hawks", "games": 2, "wins": 0, "losses": 2, "points": 179, "allowed": 191}


def test_a_second_run_writes_the_same_bytes(s3):
    run(s3)
    first = dict(s3.buckets["processed"])
    run(s3)
    assert s3.buckets["processed"] == first
    assert set(s3.buckets["raw"]) == {"2026/1.json", "2026/2.json"}, "raw data is unchanged"


def test_only_a_prefix_is_processed(s3):
    Objects(s3, "raw").write("probe/1.json", GAME)
    assert run(s3, "probe/").processed == 1
    assert Objects(s3, "processed").read("probe/standings.json")["games"] == 1


def test_invalid_objects_are_logged_and_do_not_stop_the_others(s3, caplog):
    Objects(s3, "raw").write("2026/3.json", {**GAME, "homePoints": "many"})
    s3.put_object(Bucket="raw", Key="2026/4.json", Body=b"{")
    assert run(s3) == pipeline.Result(processed=2, invalid=2)
    assert "2026/3.json is not a game: homePoints must be a number of points, 0 or more" in caplog.text
    assert "2026/4.json is not a game" in caplog.text


@pytest.mark.parametrize(("change", "reason"), [
    ({"home": ""}, "home must be the name of a team"),
    ({"awayPoints": -1}, "awayPoints must be a number of points, 0 or more"),
    ({"awayPoints": True}, "awayPoints must be a number of points, 0 or more"),
    ({"awayPoints": 101}, "a game has no tie"),
    ({"away": "owls"}, "a team does not play against itself"),
])
def test_a_wrong_member_is_named(change, reason):
    with pytest.raises(InvalidGame, match=reason):
        Game.parse({**GAME, **change})


def test_something_else_is_not_a_game():
    with pytest.raises(InvalidGame, match="it is not a JSON object"):
        Game.parse([])


def test_equal_teams_are_ordered_by_name():
    games = [Game("owls", "hawks", 2, 1), Game("bears", "hawks", 2, 1)]
    assert [row["team"] for row in standings.of(games)["teams"]] == ["bears", "owls", "hawks"]
