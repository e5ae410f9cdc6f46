"""Search in Chinese, by pinyin (full or initials) and in English."""

import threading
from functools import lru_cache


def warm() -> None:
    """Load the pinyin dictionary on a thread of its own: call it when the start is over."""
    threading.Thread(target=_syllable, args=("海",), name="baton-pinyin", daemon=True).start()


def matches(haystack: str, query: str) -> bool:
    """Whether every word of the query stands in the haystack (both made by this module)."""
    return all(word in haystack for word in query.split())


def normalise(query: str) -> str:
    """A query as it is compared: without outer blanks, without case."""
    return " ".join(query.split()).casefold()


def haystack(*names: str) -> str:
    """What can be searched for: the names themselves, their pinyin and its initials, one to a line."""
    return "\n".join(_lines(name) for name in names if name)


@lru_cache(maxsize=20_000)
def _lines(name: str) -> str:
    """A name, and when it is Chinese its full pinyin and its initials."""
    plain = name.casefold()
    syllables = [_syllable(character) for character in plain]
    full = "".join(syllables)
    if full == plain:
        return plain
    return f"{plain}\n{full}\n{''.join(syllable[:1] for syllable in syllables)}"


@lru_cache(maxsize=30_000)
def _syllable(character: str) -> str:
    """The usual reading of one character without its tone; others than Chinese stay as they are.

    One character at a time: a phrase dictionary would read a few names better and cost a thousand
    times more while somebody types.
    """
    if not "\u3400" <= character <= "\u9fff":
        return character
    # Not before it is needed: its dictionary takes a fifth of a second to load.
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])
