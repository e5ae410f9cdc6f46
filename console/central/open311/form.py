"""A report as it is posted: a form, read field by field, nothing believed."""

import asyncio
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from console.central.hygiene import quantised
from console.central.inbound import body_of
from console.central.problems import Problem
from console.domain.command import Private
from console.domain.place import Position

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 200

_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{0,20})?", re.ASCII)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LINK = re.compile(r"https?://\S{1,490}", re.ASCII)


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields, the first of each name; raises `Problem` 400 for what is no form, 413 for a huge one."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != FORM:
        raise Problem(400, "malformed", f"Content-Type: {FORM} is needed")
    text = (await body_of(request)).decode("utf-8", "replace")
    try:
        # On a thread: a megabyte of escapes takes a fifth of a second.
        pairs = await asyncio.to_thread(
            parse_qsl, text, keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise Problem(400, "malformed", f"at most {MOST_FIELDS} fields") from None
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value.strip())
    return found


def position_of(form: Mapping[str, str]) -> Position | None:
    """`lat` and `long`, WGS 84, to a decimetre; None without them. Raises `Problem` 400."""
    lat, long = form.get("lat", ""), form.get("long", "")
    if not lat and not long:
        return None
    if not (_NUMBER.fullmatch(lat) and _NUMBER.fullmatch(long)):
        raise Problem(400, "malformed", "lat, long: two numbers in degrees are needed")
    try:
        return quantised(Position(float(long), float(lat)))
    except ValueError as error:
        raise Problem(400, "malformed", f"lat, long: {error}") from None


def private_of(form: Mapping[str, str]) -> Private:
    """What the citizen said and who they are: for the erasable row alone."""
    return Private(
        citizen=_name(form.get("first_name", ""), form.get("last_name", "")),
        phone=form.get("phone", ""),
        words=_words(form),
        address=form.get("address_string", ""),
    )


def _name(first: str, last: str) -> str:
    """As it is said: 王小明, but Ada Lovelace."""
    chinese = _CHINESE.search(first + last)
    return f"{last}{first}" if chinese else f"{first} {last}".strip()


def _words(form: Mapping[str, str]) -> str:
    """The description, with the two further things that a call-taker may need.

    A picture's address is kept as text: nothing is fetched from it.
    """
    lines = [form.get("description", "")]
    if email := form.get("email", ""):
        lines.insert(0, f"[邮箱 email] {email[:200]}")
    if _LINK.fullmatch(media := form.get("media_url", "")):
        lines.insert(0, f"[照片 photo] {media}")
    return "\n".join(line for line in lines if line)
