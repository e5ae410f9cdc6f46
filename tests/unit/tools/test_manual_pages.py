"""The manual names pictures that exist, links that lead somewhere, and keys that the program knows."""

import re
from pathlib import Path

import pytest

from console.paths import ROOT

DOCS = ROOT / "docs" / "user"
PAGES = sorted(DOCS.rglob("*.md"))
PICTURE = re.compile(r"\((?:\.\./)*(images/[^)]+)\)")
LINK = re.compile(r"\]\(([^)]+)\)")
SPAN = re.compile(r"`([^`]+)`")
KEY = re.compile(
    r"(?:(?:Ctrl|Shift|Alt)\+)*(?:[A-Z0-9]|F\d+|[←→↑↓,.<>+-]|Enter|Esc|Space|Home|PgUp|PgDn|Tab|Backspace)"
)
LITERAL = re.compile(r"\"((?:(?:Ctrl|Shift|Alt)\+)*[A-Za-z0-9,.<>=+-]+)\"")
SPOKEN = {
    "←": "Left",
    "→": "Right",
    "↑": "Up",
    "↓": "Down",
    "Enter": "Return",
    "Esc": "Escape",
}
NUMBERED = re.compile(r"((?:Ctrl|Alt)\+)[1-6]|[1-6]")
"""A key for each screen, phrase or worker: the code counts them."""


def known_keys() -> set[str]:
    """Every literal in the views that could be the name of a key, and every word of the catalogues."""
    found: set[str] = set()
    for file in (ROOT / "console" / "views").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        found |= set(LITERAL.findall(text))
        found |= set(re.findall(r"Key\.Key_(\w+)", text))
    for file in (ROOT / "resources" / "translations").rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r"(?:(?:Ctrl|Shift|Alt)\+)*[A-Za-z0-9,.<>←→↑↓+-]+", text))
    return found


def keys_of(page: Path) -> list[str]:
    spans = SPAN.findall(page.read_text(encoding="utf-8"))
    return [span for span in spans if KEY.fullmatch(span)]


def spoken(key: str) -> str:
    """As the code calls it."""
    *held, last = key.rsplit("+", 1) if len(key) > 1 else ["", key]
    return "+".join([*filter(None, held), SPOKEN.get(last, last)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_every_picture_and_link_is_there(page: Path) -> None:
    targets = [t for t in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in t]
    assert targets
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


def test_every_picture_is_shown_somewhere() -> None:
    shown = {name for page in PAGES for name in PICTURE.findall(page.read_text(encoding="utf-8"))}
    taken = {f"images/{file.name}" for file in (DOCS / "images").iterdir()}
    assert taken <= shown


def test_the_pictures_are_not_too_heavy() -> None:
    assert sum(file.stat().st_size for file in (DOCS / "images").iterdir()) < 15_000_000


def test_every_key_in_the_text_is_one_of_the_program() -> None:
    known = known_keys()
    named = {key for page in PAGES for key in keys_of(page)}
    assert {"Ctrl+Z", "F8", "Ctrl+Enter"} <= named
    unknown = {k for k in named if not NUMBERED.fullmatch(k) and not {k, spoken(k)} & known}
    assert unknown == set()


def test_the_two_languages_have_the_same_pages() -> None:
    assert {p.name for p in DOCS.glob("*.md")} == {p.name for p in (DOCS / "en").glob("*.md")}
