"""Looks words up by key in the catalogues of `resources/translations/<language>`."""

import logging
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from console.paths import RESOURCES

LANGUAGES = ("zh", "en")
FOLDER = RESOURCES / "translations"

_log = logging.getLogger(__name__)


def catalogue(lang: str, folder: Path = FOLDER) -> dict[str, str]:
    """All words of a language, dotted key → words, of all its files.

    Raises `ValueError` for a language there is none of, and for a key that stands in two files.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no language {lang!r}; there are {', '.join(LANGUAGES)}")
    words: dict[str, str] = {}
    for path in sorted((folder / lang).glob("*.toml")):
        with path.open("rb") as file:
            found = dict(_flat(tomllib.load(file)))
        if twice := words.keys() & found.keys():
            raise ValueError(f"{path.name}: {', '.join(sorted(twice))} stand in another file too")
        words |= found
    return words


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        found.extend(_flat(value, key + ".") if isinstance(value, dict) else [(key, str(value))])
    return found


class _Lenient(dict[str, object]):
    """A missing value shows its name instead of taking the screen down."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


class Texts:
    """The words of one language. `{case}` and its kin in a text stand for the city's word for a case."""

    def __init__(self, lang: str = "zh", case_word: str = "", *, strict: bool = False) -> None:
        """`case_word` is the city pack's in this language; `strict` raises for a missing key."""
        self.lang = lang
        self._strict = strict
        self._words = catalogue(lang)
        self._case_words = _case_words(lang, case_word or self._words["app.case_word"])

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key with `values` put in; a missing key is shown itself (strict: `KeyError`)."""
        words = self._words.get(key)
        if words is None:
            if self._strict:
                raise KeyError(key)
            _log.warning("no words for %s in %s", key, self.lang)
            return key
        if "{" not in words:
            return words
        if self._strict:
            return words.format_map({**self._case_words, **values})
        return words.format_map(_Lenient({**self._case_words, **values}))

    def has(self, key: str) -> bool:
        """Whether there are words for the key; for codes that come from another program."""
        return key in self._words

    def pick(self, zh: str, en: str) -> str:
        """The one of two given wordings that is in this language; the other when it is empty."""
        return (zh or en) if self.lang == "zh" else (en or zh)


def _case_words(lang: str, word: str) -> dict[str, str]:
    plural = word if lang == "zh" else word + "s"
    return {
        "case": word,
        "cases": plural,
        "Case": word[:1].upper() + word[1:],
        "Cases": plural[:1].upper() + plural[1:],
    }
