"""Measures the cost of reading and checking a request: python3 bench.py, in this folder, with the interpreter that has moto.

Pairs of runs, one without and one with each step, over the calls of request_samples.py; medians of the differences in microseconds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import rules
from api import ApiRequest, identify
from api.validation import validate
from request_samples import CALLS
from test_requests import boto3_name, made_by_boto3

_ROUNDS = 30


def main() -> None:
    rules.load()
    made = [made_by_boto3(service, boto3_name(operation), parameters) for service, operation, parameters in CALLS]
    # The first request of a service loads its model; a server does this once.
    requests = [request for given in made if (request := identify(given, given["body"]))]
    for request in requests:
        validate(request)
    report("identify", [_microseconds(lambda given=given: identify(given, given["body"])) for given in made], made)
    report("validate", [_microseconds(lambda request=request: validate(request)) for request in requests], requests)


def report(step: str, costs: list[float], subjects: list[Any]) -> None:
    costly = max(range(len(costs)), key=costs.__getitem__)
    subject = subjects[costly]
    name = f"{subject.service} {subject.operation}" if isinstance(subject, ApiRequest) else f"{CALLS[costly][0]} {CALLS[costly][1]}"
    print(f"{step:10} median {statistics.median(costs):6.0f} µs   highest {max(costs):6.0f} µs ({name})")


def _microseconds(step: Callable[[], Any]) -> float:
    """The median of paired differences: an empty call directly before each, so that the machine's load affects both."""
    differences = []
    for _ in range(_ROUNDS):
        differences.append(-_time(lambda: None) + _time(step))
    return statistics.median(differences) * 1e6


def _time(step: Callable[[], Any]) -> float:
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
