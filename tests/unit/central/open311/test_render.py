"""Whatever text there is, the XML is well-formed and says the same as the JSON."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.central.open311.render import Body, Format, plain, refused, rendered
from console.central.problems import Problem

HOSTILE = "\x00\x01\x1b<![CDATA[]]>&amp;&#0;\"'</request>\ud800\udfff\ufffe\uffff\x85\u2028😀汉"
ANY = st.text(st.characters(exclude_categories=()), max_size=60)


def parsed(body: Body) -> ElementTree.Element:
    return ElementTree.fromstring(bytes(rendered(body, Format.XML).body))


def as_read(text: str) -> str:
    """As an XML reader hands it out: line ends become one kind."""
    return plain(text).replace("\r\n", "\n").replace("\r", "\n")


@given(ANY)
@example(HOSTILE)
@example("\r\n\t")
def test_any_text_is_well_formed_xml(text: str) -> None:
    row = {"service_request_id": text, "status": text}
    root = parsed(Body("service_requests", [row, row]))
    assert [one.tag for one in root] == ["request", "request"]
    for one in root.iter("status"):
        assert (one.text or "") == as_read(text)


def test_without_the_cleaning_it_would_not_be() -> None:
    """The positive control: the writer alone escapes, but lets through what no reader takes."""
    root = ElementTree.Element("status")
    root.text = "\x01"
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(ElementTree.tostring(root, encoding="utf-8"))


@given(ANY)
@example(HOSTILE)
def test_any_text_is_json(text: str) -> None:
    body = Body("services", [{"service_name": text}])
    assert json.loads(bytes(rendered(body, Format.JSON).body)) == [{"service_name": plain(text)}]


@given(ANY, st.sampled_from([400, 401, 404, 409, 413, 422, 429, 503]))
@example(HOSTILE, 400)
def test_any_problem_is_a_list_of_errors(detail: str, status: int) -> None:
    problem = Problem(status, "malformed", detail, headers={"Retry-After": "3"})
    answer = refused(problem, Format.XML)
    root = ElementTree.fromstring(bytes(answer.body))
    (error,) = root
    assert (root.tag, error.tag) == ("errors", "error")
    assert error.findtext("code") == str(answer.status_code)
    assert as_read(detail).strip() in (error.findtext("description") or "")
    assert answer.headers["retry-after"] == "3"
    told = json.loads(bytes(refused(problem, Format.JSON).body))
    assert told[0]["code"] == answer.status_code


def test_lists_and_emptiness_have_names_in_xml() -> None:
    value: dict[str, Any] = {"formats": ["text/xml", "text/json"], "attributes": [], "url": None}
    root = parsed(Body("discovery", value | {"metadata": False, "lat": 20.5}))
    assert [one.text for one in root.find("formats") or ()] == ["text/xml", "text/json"]
    assert len(root.find("attributes") or ()) == 0
    assert root.findtext("url") == ""
    assert root.findtext("metadata") == "false"
    assert root.findtext("lat") == "20.5"


def test_plain_text_is_left_as_it_is() -> None:
    for text in ("", "垃圾 <b> & 😀\n\t", "\U0010ffff", "\ue000\ufffd\ud7ff"):
        assert plain(text) == text
