"""Problem documents have words in both languages and no internals."""

import json
import re
from pathlib import Path

import pytest

from console.central import problems
from console.central.problems import MEDIA_TYPE, Problem

CONSOLE = Path(problems.__file__).parents[1]
SOURCES = [*(CONSOLE / "domain" / "rules").glob("*.py"), *(CONSOLE / "central").rglob("*.py")]
CODE = re.compile(
    r'(?:Refused\(|Problem\(\s*\d+,|_gone\(|problem=|_refusal\(order, \d+,|_Bad\()\s*"([a-z-]+)"'
)
CODES = sorted({code for path in SOURCES for code in CODE.findall(path.read_text("utf-8"))})
INSIDE_AN_ANSWER = {"future", "too-old"}
"""Told within an answer of `/v1/positions`, never as a document."""


def test_the_codes_are_found() -> None:
    assert {"has-lead", "epoch", "expectation", "too-large", "role", "running"} <= set(CODES)


@pytest.mark.parametrize("code", sorted(set(CODES) - INSIDE_AN_ANSWER))
def test_every_problem_has_words(code: str) -> None:
    assert code in problems._WORDS, f"say it in both languages: {code}"


def test_a_problem_document() -> None:
    response = Problem(
        412, "expectation", "why", headers={"X": "1"}, current={"case:1": 5}
    ).response()
    assert (response.status_code, response.media_type) == (412, MEDIA_TYPE)
    assert response.headers["x"] == "1"
    document = json.loads(response.body)
    assert document["type"] == "urn:baton:problem:expectation"
    assert document["current"] == {"case:1": 5}
    assert (document["status"], document["problem"]) == (412, "expectation")
    assert document["zh"]
