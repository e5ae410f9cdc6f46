"""Every operation of the OpenAPI document, asked by schemathesis with good and bad requests: no 5xx, answers as described."""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from console.domain.event import Event
from console.domain.role import Role
from console.wire.codec import decode
from console.wire.frames import Bookmark, FixBatch
from tests.central_process import PATIENCE_S, TINY, TOKEN, Central, start_central
from tests.faults.aftermath import Sent
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

EXAMPLES = 10
"""Requests to each operation in one run."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FRAMES: Mapping[str, type] = {"event": Event, "bookmark": Bookmark, "fixes": FixBatch}
KNOWN: Mapping[str, str] = {
    "case_id": "C0",
    "owner": "C1",
    "collection_id": "cases",
    "feature_id": "C0",
    "service_code": "0101",
    "service_request_id": "C0",
}
"""Path parameter → something that is there; else nearly every answer would be 404."""

ALONE = frozenset({"POST /v1/private/cases/{case_id}/erase"})
"""Not asked about what others ask for: it would be gone for them."""


def contract(program: tuple[str, ...] = ("console.central",), only: str = "") -> Campaign:
    """A real API process and the document that it serves itself; `only` operations that begin so."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        with _telephone() as address:
            central = start_central(
                folder / "central", TINY, program=program, extra=("--telephone", address)
            )
            sent = Sent(Random(1))
            for _ in range(5):
                sent.send(central)
            document = central.request("GET", "/openapi.json").json()
            try:
                yield Asker(central, document, only).run
            finally:
                central.kill()

    return opened


@contextmanager
def _telephone() -> Iterator[str]:
    """A telephone system that rings for everybody."""

    class Rings(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Rings) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Asker:
    """Asks every operation; what is wrong with an answer is told once a kind."""

    def __init__(self, central: Central, document: dict[str, Any], only: str = "") -> None:
        self._central = central
        schema = schemathesis.openapi.from_dict(document)
        every = [found.ok() for found in schema.get_all_operations()]
        self._operations = [one for one in every if one.label.startswith(only)]
        self._lies: dict[str, str] = {}
        self._asked = 0

    def run(self, seed: int) -> Verdict:
        """Ten requests to each."""
        self._lies, self._asked = {}, 0
        for operation in self._operations:
            self._ask(operation, seed)
        return Verdict(tuple(self._lies.values()), {"requests": self._asked})

    def _ask(self, operation: APIOperation, seed: int) -> None:
        good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        own = int.from_bytes(hashlib.sha256(f"{seed} {operation.label}".encode()).digest()[:8])

        @hypothesis.seed(own)
        @settings(
            max_examples=EXAMPLES,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=st.one_of(good, bad), rnd=st.randoms(use_true_random=False))
        def ask(case: Case, rnd: Random) -> None:
            self._judge(case, rnd, f"seat-{seed}")

        ask()

    def _judge(self, case: Case, rnd: Random, seat: str) -> None:
        headers = _prepared(case, rnd, seat)
        self._asked += 1
        try:
            if case.operation.label == "GET /v1/events":
                self._follow(case, headers)
            else:
                case.call_and_validate(
                    base_url=self._central.url, headers=headers, checks=CHECKS, timeout=PATIENCE_S
                )
        except FailureGroup as group:
            for failure in group.exceptions:
                self._tell(case, headers, failure)
        except (Failure, AssertionError, ValueError, requests.RequestException) as error:
            self._tell(case, headers, error)

    def _tell(self, case: Case, headers: Mapping[str, str], error: Exception) -> None:
        what = f"{case.operation.label}: {type(error).__name__}: {str(error)[:600]}"
        again = case.as_curl_command(headers=dict(headers))[:1500]
        self._lies.setdefault(f"{case.operation.label} {type(error)}", f"{what}\n{again}")

    def _follow(self, case: Case, headers: Mapping[str, str]) -> None:
        """A stream has no end: it is read up to its first bookmark."""
        request = case.as_transport_kwargs(base_url=self._central.url, headers=dict(headers))
        with requests.request(**request, stream=True, timeout=PATIENCE_S) as response:
            if response.status_code != 200:
                case.validate_response(response, checks=CHECKS)
                return
            assert response.headers["content-type"].startswith("text/event-stream")
            kind = ""
            for line in response.iter_lines(chunk_size=None):
                name, _, value = line.partition(b": ")
                if name == b"event":
                    kind = value.decode()
                elif name == b"data":
                    decode(value, FRAMES[kind])
                elif not line and kind == "bookmark":
                    return
        raise AssertionError("the stream ended before its first bookmark")


def _prepared(case: Case, rnd: Random, seat: str) -> dict[str, str]:
    """Mostly somebody who may ask, about something that is there; a key that fits its body."""
    for name in case.path_parameters or {}:
        if name in KNOWN and rnd.random() < 0.5 and case.operation.label not in ALONE:
            case.path_parameters[name] = KNOWN[name]
    headers: dict[str, str] = {}
    if rnd.random() < 0.9:
        role = rnd.choice([role.value for role in Role])
        headers = {"Authorization": f"Bearer {TOKEN}", "Baton-Seat": seat, "Baton-Role": role}
    key = case.body.get("key") if isinstance(case.body, dict) else None
    if isinstance(key, str) and key.isascii() and key.isalnum() and rnd.random() < 0.9:
        headers["Idempotency-Key"] = key
    return headers


def _variant(name: str) -> tuple[str, ...]:
    return ("tests.faults.broken_central", "--variant", name, "--")


FAULTS = (
    Fault(
        name="contract",
        invariant="no 5xx, every answer as the OpenAPI document describes it",
        wanted=50,
        short=1,
        campaign=contract(),
        controls=(
            Control(
                "trusts its numbers", contract(_variant("trusts-its-numbers"), "GET /v1/log"), 5
            ),
            Control("says another thing", contract(_variant("says-another-thing"), "GET /v1/h"), 2),
        ),
    ),
)
