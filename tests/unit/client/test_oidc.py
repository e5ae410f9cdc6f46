"""To the identity provider and back: what is asked, who is let in, and who is sent away."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from console.client.oidc import NotBack, challenge
from console.client.session import Session
from console.client.transport import Transport
from tests.fake_centre import FakeCentre, problem
from tests.unit.client.test_session import told

PROVIDER = {
    "issuer": "https://id.example",
    "authorization_endpoint": "https://id.example/authorize?tenant=city",
    "client_id": "baton",
    "scope": "openid profile",
}


def test_the_challenge_is_that_of_rfc_7636() -> None:
    """The example of its appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.fixture
def session(centre: FakeCentre) -> Session:
    centre.reply("/v1/session/oidc", (200, PROVIDER), told(1))
    return Session(Transport(centre.url), "seat-1")


class Browser:
    """Remembers where it was sent; `visit` comes back from there."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.url = ""

    def __call__(self, url: str) -> bool:
        self.url = url
        self.opened.set()
        return True

    @property
    def query(self) -> dict[str, str]:
        assert self.opened.wait(20)
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}

    def visit(self, **query: str) -> requests.Response:
        return requests.get(self.query["redirect_uri"], params=query, timeout=20)


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as made:
        yield made


def test_there_and_back(
    centre: FakeCentre, session: Session, browser: Browser, pool: ThreadPoolExecutor
) -> None:
    coming = pool.submit(session.log_in_by_provider, open_browser=browser)
    asked = browser.query
    assert browser.url.startswith("https://id.example/authorize?tenant=city&")
    assert (asked["client_id"], asked["scope"]) == ("baton", "openid profile")
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    page = browser.visit(code="the-code", state=asked["state"])
    assert page.status_code == 200
    assert coming.result(20).login == "wang"
    body = centre.asked["/v1/session/oidc"][-1]
    assert body["code"] == "the-code"
    assert challenge(body["verifier"]) == asked["code_challenge"]
    assert (body["nonce"], body["redirect_uri"]) == (asked["nonce"], asked["redirect_uri"])
    assert session.bearer() == "access-1"
    with pytest.raises(requests.ConnectionError):
        browser.visit(code="again", state=asked["state"])


def test_only_the_visit_that_is_waited_for_counts(
    centre: FakeCentre, session: Session, browser: Browser, pool: ThreadPoolExecutor
) -> None:
    coming = pool.submit(session.log_in_by_provider, open_browser=browser)
    root = browser.query["redirect_uri"].removesuffix("/callback")
    assert browser.visit(code="stolen", state="guessed").status_code == 404
    assert browser.visit(code="stolen").status_code == 404
    assert requests.get(root + "/favicon.ico", timeout=20).status_code == 404
    assert not coming.done()
    browser.visit(code="good", state=browser.query["state"])
    coming.result(20)
    assert centre.asked["/v1/session/oidc"][-1]["code"] == "good"


def test_the_provider_says_no(session: Session, browser: Browser, pool: ThreadPoolExecutor) -> None:
    coming = pool.submit(session.log_in_by_provider, open_browser=browser)
    browser.visit(error="access_denied", state=browser.query["state"])
    with pytest.raises(NotBack, match="access_denied") as caught:
        coming.result(20)
    assert caught.value.code == "provider-refused"


def test_the_operator_gives_up(
    session: Session, browser: Browser, pool: ThreadPoolExecutor
) -> None:
    tired = threading.Event()
    coming = pool.submit(session.log_in_by_provider, open_browser=browser, give_up=tired)
    assert browser.opened.wait(20)
    tired.set()
    with pytest.raises(NotBack) as caught:
        coming.result(20)
    assert caught.value.code == "gave-up"


def test_nobody_waits_for_ever(session: Session, browser: Browser) -> None:
    with pytest.raises(NotBack) as caught:
        session.log_in_by_provider(open_browser=browser, patience_s=0.1)
    assert caught.value.code == "too-slow"


@pytest.mark.parametrize(
    "address", ["file:///bin/true", "javascript:alert(1)", "http://id.example/authorize", ""]
)
def test_the_browser_opens_nothing_else(
    centre: FakeCentre, session: Session, browser: Browser, address: str
) -> None:
    centre.reply("/v1/session/oidc", (200, {**PROVIDER, "authorization_endpoint": address}))
    with pytest.raises(NotBack) as caught:
        session.log_in_by_provider(open_browser=browser)
    assert caught.value.code == "bad-provider"
    assert not browser.opened.is_set()


def test_a_city_without_a_provider(centre: FakeCentre, session: Session, browser: Browser) -> None:
    centre.reply("/v1/session/oidc", problem(404, "not-found"))
    assert session.provider() is None
    with pytest.raises(NotBack) as caught:
        session.log_in_by_provider(open_browser=browser)
    assert caught.value.code == "no-provider"
