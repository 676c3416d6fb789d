"""Standings: games, wins, losses and points of each team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .games import Game


def of(games: Iterable[Game]) -> dict[str, Any]:
    """Teams in the order of their wins, then of their point difference, then of their names."""
    teams: dict[str, dict[str, int]] = {}
    count = 0
    for game in games:
        count += 1
        for team, scored, allowed in (
            (game.home, game.home_points, game.away_points), (game.away, game.away_points, game.home_points)):
            row = teams.setdefault(team, {"games": 0, "wins": 0, "losses": 0, "points": 0, "allowed": 0})
            row["games"] += 1
            row["wins" if scored > allowed else "losses"] += 1
            row["points"] += scored
            row["allowed"] += allowed
    order = sorted(teams, key=lambda team: (-teams[team]["wins"], teams[team]["allowed"] - teams[team]["points"], team))
    return {"games": count, "teams": [{"team": team, **teams[team]} for team in order]}
