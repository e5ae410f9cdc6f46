"""OGC API – Features over HTTP: the documents, pages, filters, refusals; on both stores."""

from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from openapi_spec_validator import validate

from tests.api.commands import IN_EAST, done, envelope, new_case, problem
from tests.central_process import TOKEN, Central

GEOJSON = "application/geo+json"
COLLECTIONS = ["districts", "towns", "grids", "workers", "cases"]


def get(central: Central, path: str, **more: Any) -> requests.Response:
    """As a stock client asks: a bearer token and nothing else."""
    headers = {"Authorization": f"Bearer {TOKEN}"} | more.pop("headers", {})
    return requests.get(central.url + path, headers=headers, timeout=60, **more)


def read(central: Central, path: str) -> Any:
    response = get(central, path)
    assert response.status_code == 200, response.text
    return response.json()


def link(document: Any, rel: str) -> str | None:
    return next((one["href"] for one in document["links"] if one["rel"] == rel), None)


def test_everything_is_found_from_the_landing_page(centre: Central) -> None:
    landing = read(centre, "/ogc")
    for rel in ("self", "service-desc", "conformance", "data"):
        href = link(landing, rel)
        assert href is not None
        assert href.startswith(centre.url)
        assert get(centre, urlsplit(href).path).status_code == 200
    classes = read(centre, "/ogc/conformance")["conformsTo"]
    assert {one.rpartition("/")[2] for one in classes} == {"core", "geojson", "oas30"}
    found = read(centre, "/ogc/collections")["collections"]
    assert [one["id"] for one in found] == COLLECTIONS
    for one in found:
        assert one["itemType"] == "feature"
        assert one["extent"]["spatial"]["bbox"] == [[110.3, 20.0, 110.4, 20.06]]
        assert read(centre, f"/ogc/collections/{one['id']}") == one
        items = link(one, "items")
        assert items is not None
        assert read(centre, urlsplit(items).path)["type"] == "FeatureCollection"


def test_the_definition_is_valid_and_names_every_path(centre: Central) -> None:
    response = get(centre, "/ogc/api")
    assert response.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = response.json()
    validate(document)
    assert document["openapi"].startswith("3.0")
    assert "/collections/{collectionId}/items/{featureId}" in document["paths"]
    parameters = document["paths"]["/collections/{collectionId}/items"]["get"]["parameters"]
    assert {p["name"] for p in parameters} == {
        "collectionId", "bbox", "datetime", "limit", "after", "f",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/ogc", "/ogc/collections", "/ogc/collections/cases/items"])
def test_it_needs_a_token_like_everything_else(centre: Central, path: str) -> None:
    problem(requests.get(centre.url + path, timeout=60), 401, "token")
    problem(get(centre, path, headers={"Authorization": "Bearer wrong-token-1234"}), 401, "token")
    for role in ("wall", "auditor", "dispatcher"):
        assert get(centre, path, headers={"Baton-Role": role}).status_code == 200
    problem(get(centre, path, headers={"Baton-Role": "emperor"}), 403, "role")


@pytest.mark.parametrize(
    "query",
    ["colour=red", "limit=0", "bbox=1,2,3", "bbox=20,110,21,111", "datetime=yesterday", "f=html"],
)
def test_what_is_unknown_or_wrong_is_a_400(centre: Central, query: str) -> None:
    problem(get(centre, f"/ogc/collections/grids/items?{query}"), 400, "malformed")


@pytest.mark.parametrize("path", ["/ogc?limit=1", "/ogc/collections?x=", "/ogc/conformance?bbox="])
def test_documents_know_no_other_parameters(centre: Central, path: str) -> None:
    problem(get(centre, path), 400, "malformed")


@pytest.mark.parametrize(
    "path",
    ["houses", "houses/items", "cases/items/nobody", "grids/items/9", "workers/items/%F0%9F%90%B3"],
)
def test_what_is_not_there_is_a_404(centre: Central, path: str) -> None:
    problem(get(centre, f"/ogc/collections/{path}"), 404, "not-found")


def test_pages_lead_through_all_cases_once_while_cases_come(centre: Central) -> None:
    known = {new_case(centre)[0] for _ in range(7)}
    seen: list[str] = []
    path: str | None = "/ogc/collections/cases/items?limit=2"
    while path is not None:
        response = get(centre, path)
        page = response.json()
        assert response.headers["content-type"] == GEOJSON
        assert page["numberReturned"] == len(page["features"]) <= 2
        assert page["numberMatched"] >= len(known)
        seen += [feature["id"] for feature in page["features"]]
        new_case(centre)
        href = link(page, "next")
        assert (href is not None) == ('rel="next"' in response.headers["link"])
        # Cases come faster than they are read: those known at the start are enough.
        path = href.removeprefix(centre.url) if href and not known <= set(seen) else None
    assert known <= set(seen)
    assert len(seen) == len(set(seen))


def test_a_case_is_found_by_id_box_and_time(centre: Central) -> None:
    case, _ = new_case(centre, position={"lon": 110.377, "lat": 20.055})
    feature = get(centre, f"/ogc/collections/cases/items/{case}").json()
    assert feature["geometry"] == {"type": "Point", "coordinates": [110.377, 20.055]}
    assert feature["properties"]["grid"] == "1112"
    assert feature["properties"]["state"] == "registered"
    assert link(feature, "collection") == f"{centre.url}/ogc/collections/cases"
    received = feature["properties"]["received_at"]

    def found(**query: str) -> set[str]:
        page = get(centre, "/ogc/collections/cases/items", params=query).json()
        return {one["id"] for one in page["features"]}

    assert case in found(bbox="110.376,20.054,110.378,20.056", limit="5000")
    assert case in found(bbox="110.376,20.054,-10,110.378,20.056,10", limit="5000")
    assert case not in found(bbox="110.3,20.0,110.35,20.06", limit="5000")
    assert case in found(bbox="179,-80,178,80", limit="5000"), "nearly round the world"
    assert case in found(datetime=f"{received}/..", limit="5000")
    assert case in found(datetime=received, limit="5000")
    assert case not in found(datetime="../2026-01-01T00:00:00Z", limit="5000")


def test_a_worker_has_a_place_and_its_age_while_on_duty(centre: Central) -> None:
    done(centre, envelope("set_duty", {"worker": "W2", "on_duty": True}), "field")
    now = centre.request("GET", "/v1/health").json()["time"]
    fix = {"worker": "W2", **IN_EAST, "fix_at": now}
    told = centre.request("POST", "/v1/positions", role="field", json={"fixes": [fix]})
    assert told.json()["accepted"] == 1
    feature = read(centre, "/ogc/collections/workers/items/W2")
    assert feature["geometry"]["coordinates"] == [110.36, 20.01]
    assert feature["properties"]["age_s"] >= 0
    assert "李海生" not in get(centre, "/ogc/collections/workers/items").text


def test_what_does_not_change_has_a_tag(centre: Central) -> None:
    path = "/ogc/collections/grids/items?bbox=110.36,20.0,110.37,20.01"
    first = get(centre, path)
    assert [feature["id"] for feature in first.json()["features"]] == ["1111"]
    for tag in (first.headers["ETag"], f"W/{first.headers['ETag']}"):
        again = get(centre, path, headers={"If-None-Match": tag})
        assert again.status_code == 304
        assert again.content == b""
    assert get(centre, "/ogc/collections/grids/items").headers["ETag"] != first.headers["ETag"]
    assert "ETag" not in get(centre, "/ogc/collections/cases/items").headers


def test_a_slash_at_the_end_leads_to_the_landing_page(centre: Central) -> None:
    assert read(centre, "/ogc/") == read(centre, "/ogc")


def test_a_strange_host_is_no_fault(centre: Central) -> None:
    for host in ("[", "a b", 'x"y', "é"):
        response = get(centre, "/ogc/collections/grids/items", headers={"Host": host.encode()})
        assert response.status_code in (200, 400), host
