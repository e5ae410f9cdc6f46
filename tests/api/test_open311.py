"""Open311 GeoReport v2 over HTTP, on both stores: reports in, their status out, hostile input refused."""

import csv
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from console.central.open311.intake import FREE_GUESSES, FREE_REPORTS
from tests.api.commands import dispatch, done, envelope, new_case, problem
from tests.central_process import TINY, TOKEN, Central, running_central

KEY = "an-api-key-0123456789"
GRANTS = f"{TOKEN}\n{KEY} open311  # the city's app\n"
SECRET = {
    "first_name": "娜娜",
    "last_name": "欧阳",
    "phone": "13812341234",
    "email": "nana@example.org",
    "description": "三单元漏水，电话 13900001111",
    "address_string": "海府路 12号 301室",
}


@pytest.fixture(scope="module")
def centre(database: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    folder = tmp_path_factory.mktemp("open311") / "central"
    with running_central(folder, database=database, grants=GRANTS) as found:
        yield found


def get(central: Central, path: str, **query: str) -> requests.Response:
    """As anybody asks: without a token."""
    return requests.get(f"{central.url}/open311{path}", params=query, timeout=60)


def report(**fields: str | None) -> dict[str, str]:
    """A report of rubbish in the east from a device of its own."""
    known: dict[str, str | None] = {
        "api_key": KEY,
        "service_code": "0101",
        "lat": "20.01",
        "long": "110.36",
        "description": "垃圾",
        "device_id": uuid.uuid4().hex,
    }
    return {name: value for name, value in (known | fields).items() if value is not None}


def post(
    central: Central, form: dict[str, str], suffix: str = "json", **headers: str
) -> requests.Response:
    url = f"{central.url}/open311/v2/requests.{suffix}"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.post(url, data=form, headers=named, timeout=60)


def sent(central: Central, **fields: str | None) -> str:
    """The id of a new report."""
    response = post(central, report(**fields))
    assert response.status_code == 201, response.text
    return str(response.json()[0]["service_request_id"])


def shown(central: Central, wanted: str) -> dict[str, Any]:
    response = get(central, f"/v2/requests/{wanted}.json")
    assert response.status_code == 200, response.text
    (found,) = response.json()
    return dict(found)


def errors(response: requests.Response, status: int) -> str:
    """The description of the one error, checked in either shape."""
    assert response.status_code == status, response.text
    if response.headers["content-type"].startswith("text/xml"):
        (error,) = ElementTree.fromstring(response.content)
        code, description = error.findtext("code"), error.findtext("description")
    else:
        ((code, description),) = [(e["code"], e["description"]) for e in response.json()]
    assert str(code) == str(status)
    assert description
    return description


def test_the_discovery_document_leads_to_the_endpoint(centre: Central) -> None:
    document = get(centre, "/discovery.json").json()
    (endpoint,) = document["endpoints"]
    assert endpoint["url"] == f"{centre.url}/open311/v2"
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    root = ElementTree.fromstring(get(centre, "/discovery.xml").content)
    assert root.findtext("endpoints/endpoint/url") == endpoint["url"]
    assert [one.text for one in root.iter("format")] == ["text/xml", "application/json"]


def test_services_are_the_subcategories(centre: Central) -> None:
    services = get(centre, "/v2/services.json", jurisdiction_id="000000").json()
    assert [one["service_code"] for one in services] == ["0101", "0301", "0702", "0402"]
    assert services[0]["group"] == "市容环境"
    response = get(centre, "/v2/services.xml")
    assert response.headers["content-type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert [one.findtext("service_name") for one in root] == [
        one["service_name"] for one in services
    ]
    definition = get(centre, "/v2/services/0402.json").json()
    assert definition == {"service_code": "0402", "attributes": []}
    errors(get(centre, "/v2/services/9999.xml"), 404)
    errors(get(centre, "/v2/services.json", jurisdiction_id="elsewhere"), 404)


def test_a_report_becomes_a_case_without_a_personal_word(centre: Central) -> None:
    wanted = sent(centre, **SECRET)
    events = centre.request("GET", f"/v1/history/{wanted}")
    assert [event["type"] for event in events.json()] == ["case.received"]
    (event,) = events.json()
    assert event["change"]["channel"] == "app"
    assert event["change"]["grid"] == "1111"
    assert event["actor"].startswith("open311:")
    private = centre.request("GET", f"/v1/private/cases/{wanted}?why=test").json()
    assert private["citizen"] == "欧**"
    assert "三单元漏水" in private["words"]
    public = get(centre, f"/v2/requests/{wanted}.json").text
    listed = get(centre, "/v2/requests.xml").text
    features = centre.request("GET", "/ogc/collections/cases/items?limit=5000").text
    for text in (events.text, public, listed, features):
        for word in ("欧阳", "娜娜", "1381234", "1390000", "nana@", "漏水", "12号", "301室", KEY):
            assert word not in text
    assert wanted in listed


def test_its_status_follows_the_case_and_its_place_is_coarse(centre: Central) -> None:
    wanted = sent(centre)
    found = shown(centre, wanted)
    assert (found["status"], found["service_code"]) == ("open", "0101")
    assert (found["lat"], found["long"], found["address"]) == (20.015, 110.375, "东区东镇")
    assert found["agency_responsible"] is None
    done(centre, envelope("register", {"case": wanted}))
    done(centre, dispatch(wanted))
    found = shown(centre, wanted)
    units = {row["code"]: row["name"] for row in csv.DictReader((TINY / "units.csv").open())}
    assert found["agency_responsible"] == units["T.1"]
    assert "已派单" in found["status_notes"]
    assert found["expected_datetime"] is not None
    other = sent(centre)
    done(centre, envelope("reject", {"case": other, "reason": "不属于本市"}), "shift_leader")
    found = shown(centre, other)
    assert found["status"] == "closed"
    assert found["updated_datetime"] >= found["requested_datetime"]
    assert "不属于" not in str(found)
    tokens = get(centre, f"/v2/tokens/{other}.json").json()
    assert tokens == [{"service_request_id": other, "token": other}]


def test_what_came_by_telephone_is_not_published(centre: Central) -> None:
    case, _ = new_case(centre)
    for suffix in ("json", "xml"):
        errors(get(centre, f"/v2/requests/{case}.{suffix}"), 404)
        errors(get(centre, f"/v2/tokens/{case}.{suffix}"), 404)
    assert case not in get(centre, "/v2/requests.json").text
    assert get(centre, "/v2/requests.json", service_request_id=case).json() == []


def test_an_id_that_looks_alike_publishes_nothing(centre: Central) -> None:
    wanted = sent(centre)
    flipped = wanted[:-1] + ("1" if wanted[-1] == "0" else "0")
    by_phone, _ = new_case(centre, case=flipped, channel="phone")
    longer, _ = new_case(centre, case=f"{wanted}x", channel="app")
    listed = [one["service_request_id"] for one in get(centre, "/v2/requests.json").json()]
    assert wanted in listed
    for other in (by_phone, longer):
        assert other not in listed
        errors(get(centre, f"/v2/requests/{other}.json"), 404)


def test_reports_are_found_by_id_service_status_and_time(centre: Central) -> None:
    noise = sent(centre, service_code="0301")
    gone = sent(centre, service_code="0301")
    done(centre, envelope("reject", {"case": gone, "reason": "重复"}), "shift_leader")
    moment = shown(centre, noise)["requested_datetime"]

    def found(**query: str) -> list[str]:
        response = get(centre, "/v2/requests.json", **query)
        assert response.status_code == 200, response.text
        return [one["service_request_id"] for one in response.json()]

    assert found(service_request_id=f"{gone},{noise},nobody") == [gone, noise]
    assert noise in found(service_code="0301,0702", status="open")
    assert gone not in found(service_code="0301", status="open")
    assert gone in found(status="closed")
    assert {noise, gone} <= set(found(status="open,closed"))
    assert noise not in found(service_code="0101")
    assert noise in found(start_date=moment)
    assert noise not in found(end_date=moment), "a second has parts"
    assert found(start_date="2020-01-01T00:00:00Z", end_date="2020-03-01T00:00:00Z") == []
    listed = found()
    assert listed == sorted(listed, reverse=True), "newest minute first"
    root = ElementTree.fromstring(get(centre, "/v2/requests.xml", service_code="0301").content)
    assert {one.tag for one in root} == {"request"}
    errors(get(centre, "/v2/requests.xml", status="lost"), 400)
    errors(get(centre, "/v2/requests.json", start_date="yesterday"), 400)


def test_sent_twice_it_is_one_case(centre: Central) -> None:
    form = report()
    first = post(centre, form, "xml")
    assert first.status_code == 201
    again = post(centre, form)
    assert again.status_code == 200
    wanted = again.json()[0]["service_request_id"]
    assert wanted in first.text
    assert len(centre.request("GET", f"/v1/history/{wanted}").json()) == 1
    assert post(centre, form | {"description": "还没清"}).json()[0]["service_request_id"] != wanted


def test_an_app_may_name_its_report_itself(centre: Central) -> None:
    key, form = uuid.uuid4().hex, report()
    first = post(centre, form, Idempotency_Key=key).json()
    again = post(centre, form, Idempotency_Key=key)
    assert (again.status_code, again.json()) == (200, first)
    assert post(centre, form, Idempotency_Key=uuid.uuid4().hex).json() != first
    errors(post(centre, form | {"lat": "20.02"}, Idempotency_Key=key), 400)


@pytest.mark.parametrize("suffix", ["json", "xml"])
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"api_key": None}, 403),
        ({"api_key": "guessed-key-0123456789"}, 403),
        ({"api_key": TOKEN}, 403),
        ({"service_code": None}, 400),
        ({"service_code": "<!--\x00"}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "1e999"}, 400),
        ({"lat": "20.01", "long": ""}, 400),
        ({"lat": "110.36", "long": "20.01"}, 400),
        ({"lat": "48.2", "long": "16.37"}, 400),
        ({"lat": None, "long": None}, 400),
        ({"jurisdiction_id": "460100"}, 404),
        ({"description": "x" * 2**20}, 413),
    ],
)
def test_what_is_wrong_is_an_error_of_its_own_shape(
    centre: Central, suffix: str, fields: dict[str, str | None], status: int
) -> None:
    errors(post(centre, report(**fields), suffix), status)


def test_only_a_form_is_a_report(centre: Central) -> None:
    url = f"{centre.url}/open311/v2/requests.xml"
    errors(requests.post(url, json=report(), timeout=60), 400)
    errors(requests.post(url, files={"media": b"x"}, data=report(), timeout=60), 400)
    problem(requests.put(url, data=report(), timeout=60), 405, "method")


def test_strange_words_are_taken_and_long_ones_cut(centre: Central) -> None:
    words = "\x00\x01</request>]]>&#0;\ufffe😀" + "长" * 20_000
    wanted = sent(centre, description=words, first_name="<b>\x1b", phone="\x7f1")
    private = centre.request("GET", f"/v1/private/cases/{wanted}?why=test").json()
    assert "😀长" in private["words"]
    assert len(private["words"]) < 5000
    ElementTree.fromstring(get(centre, f"/v2/requests/{wanted}.xml").content)


def test_without_a_position_an_address_will_do(centre: Central) -> None:
    wanted = sent(centre, lat=None, long=None, address_string="海府路 12号 301室")
    found = shown(centre, wanted)
    assert (found["lat"], found["long"], found["address"]) == (None, None, None)


def test_an_api_key_opens_nothing_else(centre: Central) -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Baton-Seat": "app", "Baton-Role": "call_taker"}
    for path in ("/v1/snapshot", "/ogc", "/v1/private/cases/x"):
        problem(requests.get(centre.url + path, headers=headers, timeout=60), 401, "token")


def test_who_sends_or_guesses_too_much_waits_longer_and_longer(tmp_path: Path) -> None:
    """On a centre of its own: every test comes from one address."""
    with running_central(tmp_path / "central", grants=GRANTS) as central:
        device = uuid.uuid4().hex
        for n in range(FREE_REPORTS):
            assert post(central, report(device_id=device, description=str(n))).status_code == 201
        response = post(central, report(device_id=device, description="once more"), "xml")
        errors(response, 429)
        assert int(response.headers["Retry-After"]) >= 1
        assert post(central, report()).status_code == 201, "another device is another sender"
        for _ in range(FREE_GUESSES):
            errors(post(central, report(api_key="guessed-key-0123456789")), 403)
        errors(post(central, report(api_key="guessed-key-0123456789")), 429)
