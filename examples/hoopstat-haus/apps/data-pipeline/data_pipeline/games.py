"""Games as they are in the raw bucket, one JSON object each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class InvalidGame(Exception):
    """An object of the raw bucket is not a game; the message says why."""


@dataclass(frozen=True)
class Game:
    """Result of one game."""

    home: str
    away: str
    home_points: int
    away_points: int

    @classmethod
    def parse(cls, content: Any) -> Game:
        """{"home": "owls", "away": "hawks", "homePoints": 101, "awayPoints": 99}"""
        if not isinstance(content, dict):
            raise InvalidGame("it is not a JSON object")
        for name in ("home", "away"):
            if not isinstance(content.get(name), str) or not content[name]:
                raise InvalidGame(f"{name} must be the name of a team")
        for name in ("homePoints", "awayPoints"):
            if type(content.get(name)) is not int or content[name] < 0:
                raise InvalidGame(f"{name} must be a number of points, 0 or more")
        if content["homePoints"] == content["awayPoints"]:
            raise InvalidGame("a game has no tie")
        if content["home"] == content["away"]:
            raise InvalidGame("a team does not play against itself")
        return cls(content["home"], content["away"], content["homePoints"], content["awayPoints"])
