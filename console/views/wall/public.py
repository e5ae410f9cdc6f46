"""What somebody typed, as strangers may read it: no house number, no telephone or other long number."""

import re
import unicodedata

LONGEST = 40
"""Characters; what is longer was not meant to be read from afar."""

_NUMBER = r"(?:\d+|[一二三四五六七八九十百零〇两]{1,5})"
_HOUSE = re.compile(
    rf"(?:{_NUMBER}\s*(?:[-–—之附]\s*{_NUMBER}\s*)?"
    r"(?:弄|号院|号楼|号|號|栋|幢|单元|座|室|楼|层|户)(?!台风|线|令|公告|预警|泵|闸|桥)\s*)+"
    r"(?:附?\d+)?"
)
_NO = re.compile(r"\b(?:No|Nr|Room|Rm|Apt|Flat|Unit|Building|Bldg)\b\.?\s*#?\s*\d+\w*", re.I)
_STREET = re.compile(
    r"\b\d+[A-Za-z]?(?:[-–—/]\d+)?(?=\s+[\w'. -]*\b(?:Road|Rd|Street|St|Avenue|Ave|Lane)\b)", re.I
)
_LONG = re.compile(r"\+?\d(?:[\s\-–—.()]*\d){4,}")


def public_name(words: str) -> str:
    """One line of the words without figures that point to a house or a person, without control characters.

    Full-width and other figures count as figures. An incident's name is typed at a desk: nobody
    there thinks of the wall.
    """
    plain = unicodedata.normalize("NFKC", words)
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain)
    for pattern in (_LONG, _HOUSE, _NO, _STREET):
        kept = pattern.sub(" ", kept)
    kept = " ".join(kept.split())
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"
