"""One run: reads all games below a prefix of the raw bucket and writes their standings to the processed bucket.

A run reads everything and overwrites its result, so it is idempotent: repeated or interrupted runs change nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from hoopstat_shared.objects import Objects

from .games import Game, InvalidGame
from . import standings

# Name of the result, below the same prefix as the games.
RESULT = "standings.json"


@dataclass(frozen=True)
class Result:
    """Number of games that were processed, and of objects that are no games."""

    processed: int
    invalid: int


def run(raw: Objects, processed: Objects, log: logging.Logger, prefix: str = "") -> Result:
    """Invalid objects are logged and counted, and do not stop the others."""
    games, invalid = [], 0
    for key in raw.keys(prefix):
        try:
            games.append(Game.parse(raw.read(key)))
        except (InvalidGame, ValueError) as error:
            invalid += 1
            log.error("%s is not a game: %s", key, error, extra={"key": key})
    processed.write(f"{prefix}{RESULT}", standings.of(games))
    log.info("processed %d games", len(games), extra={"games": len(games), "invalid": invalid, "prefix": prefix})
    return Result(len(games), invalid)
