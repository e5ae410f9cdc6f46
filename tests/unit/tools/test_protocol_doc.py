"""docs/protocol.md says what the code does."""

import re
from pathlib import Path

import pytest

from console.central import problems
from console.central.openapi import OPERATIONS
from console.central.openapi.refusals import RULES
from tools.protocol_doc import PAGE, TABLES, main, statuses, written

CONSOLE = Path(problems.__file__).parents[1]
REFUSED = re.compile(r'Refused\(\s*"([a-z-]+)"')


def test_the_page_is_not_stale() -> None:
    assert main(["--check"]) == 0, "python -m tools.protocol_doc"


def test_a_stale_page_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The positive control: one cell is changed."""
    page = tmp_path / "protocol.md"
    page.write_text(PAGE.read_text("utf-8").replace("`POST /v1/clock`", "`POST /v1/time`"), "utf-8")
    monkeypatch.setattr("tools.protocol_doc.PAGE", page)
    assert main(["--check"]) == 1
    assert main([]) == 0
    assert main(["--check"]) == 0
    assert page.read_text("utf-8") == PAGE.read_text("utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_a_page_without_its_markers_is_told(name: str) -> None:
    text = PAGE.read_text("utf-8").replace(f"<!-- /{name} -->", "")
    with pytest.raises(ValueError, match=name):
        written(text)


def test_every_problem_has_a_status() -> None:
    assert not [code for code, found in statuses().items() if not found]


def test_every_refusal_of_the_rules_is_described() -> None:
    sources = [*(CONSOLE / "domain").rglob("*.py"), CONSOLE / "central" / "hygiene.py"]
    found = {code for path in sources for code in REFUSED.findall(path.read_text("utf-8"))}
    assert len(found) > 40
    assert found <= set(RULES)


def test_the_prose_names_no_route_that_is_not_there() -> None:
    paths = {operation.path for operation in OPERATIONS}
    named = re.findall(r"`(?:GET|POST|PUT|DELETE) (/[^`?\s]*)", PAGE.read_text("utf-8"))
    for path in named:
        assert path in paths or path == "/openapi.json", path
