"""A posted report, field by field."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from console.central.open311.form import FORM, MOST_FIELDS, position_of, private_of, read_form
from console.central.problems import Problem
from console.domain.place import Position


def read(body: bytes, media: str = FORM) -> Mapping[str, str]:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", media.encode())]
    request = Request({"type": "http", "headers": headers}, receive)
    return asyncio.run(read_form(request))


def test_fields_are_read_and_the_first_of_a_name_counts() -> None:
    body = urlencode([("a", " 汉 "), ("a", "2"), ("b", "")]).encode()
    assert read(body, f"{FORM}; charset=UTF-8") == {"a": "汉", "b": ""}
    assert read(b"x=%ff%ed%a0%80\xff")["x"].strip("\ufffd") == ""


@pytest.mark.parametrize("media", ["", "application/json", "multipart/form-data; boundary=x"])
def test_only_a_form_is_read(media: str) -> None:
    with pytest.raises(Problem) as refused:
        read(b"a=1", media)
    assert refused.value.status == 400


def test_there_is_an_end_to_fields_and_bytes() -> None:
    with pytest.raises(Problem) as refused:
        read(b"a=1&" * (MOST_FIELDS + 1))
    assert refused.value.status == 400
    with pytest.raises(Problem) as refused:
        read(b"a=" + b"x" * 2**20)
    assert refused.value.status == 413


def test_a_position_is_lat_and_long() -> None:
    assert position_of({"lat": "20.0312345678", "long": "+110.33"}) == Position(110.33, 20.031235)
    assert position_of({}) is None
    assert position_of({"lat": "", "long": ""}) is None


@pytest.mark.parametrize(
    ("lat", "long"),
    [
        ("nan", "110"),
        ("20", "inf"),
        ("1e2", "110"),
        ("110.3", "20.0"),
        ("20", ""),
        ("", "110"),
        ("20", "181"),
        ("２０", "110"),
        ("20,0", "110"),
        ("0x14", "110"),
        ("20." + "1" * 400, "110"),
    ],
)
def test_what_is_no_position_is_refused(lat: str, long: str) -> None:
    with pytest.raises(Problem) as refused:
        position_of({"lat": lat, "long": long})
    assert refused.value.status == 400


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_numbers_are_on_the_earth_or_refused(lat: str, long: str) -> None:
    try:
        found = position_of({"lat": lat, "long": long})
    except Problem:
        return
    assert found is None or (abs(found.lat) <= 90 and abs(found.lon) <= 180)


def test_what_the_citizen_said_goes_to_the_private_row() -> None:
    form = {
        "first_name": "小明",
        "last_name": "王",
        "phone": "13812341234",
        "email": "x@example.org",
        "description": "路口积水",
        "media_url": "https://example.org/a.jpg",
        "address_string": "海府路 12号",
    }
    private = private_of(form)
    assert (private.citizen, private.phone, private.address) == (
        "王小明",
        "13812341234",
        "海府路 12号",
    )
    assert private.words.splitlines() == [
        "[照片 photo] https://example.org/a.jpg",
        "[邮箱 email] x@example.org",
        "路口积水",
    ]
    assert private_of({"first_name": "Ada", "last_name": "Lovelace"}).citizen == "Ada Lovelace"
    for strange in ("javascript:alert(1)", "file:///etc/passwd", "http://a b"):
        assert private_of({"media_url": strange}).words == ""
