"""A citizen's name, number, address and words reach no list, stream, log or export, whoever wrote them where."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from console.central.database import Database
from console.central.openapi import document
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite
from console.central.tables import case_private, metadata
from console.domain.role import Role
from tests.api.commands import accept, dispatch, done, envelope, new_id, send
from tests.central_process import Central, Listener, stderr_of

NAME, NUMBER, GROUPED = "欧阳娜娜", "13800138000", "138 0013 8000"
HOUSE, WORDS = "12号楼 3单元 601室", "我家楼下的水管爆了"
CITIZEN = {"citizen": NAME, "phone": NUMBER, "words": WORDS, "address": f"海府路 {HOUSE}"}
TEXT = f"{NAME}（{NUMBER}，{GROUPED}，海府路 {HOUSE}）说：{WORDS}"
RING = [{"lon": 110.355, "lat": 20.005}, {"lon": 110.365, "lat": 20.005}]
RING += [{"lon": 110.365, "lat": 20.015}]


class Life:
    """A case to which everything is done that has a text, each text with the citizen in it."""

    def __init__(self, centre: Central) -> None:
        self.centre = centre
        self.case, self.order = new_id("C"), new_id("A")
        self.incident = new_id("I")
        now = datetime.fromisoformat(centre.request("GET", "/v1/health").json()["time"])
        self.now, self.later = now.isoformat(), (now + timedelta(days=2)).isoformat()

    def do(self, role: str, kind: str, /, **body: Any) -> None:
        done(self.centre, envelope(kind, body), role)

    def new(self) -> str:
        command = accept(private=CITIZEN, source_ref=TEXT, kin=TEXT)
        done(self.centre, command)
        case: str = command["body"]["case"]
        return case

    def live(self) -> None:
        self.handle()
        self.decide()
        self.join_forces()
        self.end()

    def handle(self) -> None:
        self.case = self.new()
        done(self.centre, dispatch(self.case, assignment=self.order))
        self.do("dispatcher", "remind", assignment=self.order, words=TEXT)
        helper = new_id("A")
        self.do("dispatcher", "assist", case=self.case, assignment=helper, unit="B.urban")
        self.do("dispatcher", "recall", assignment=helper, reason=TEXT)
        again = new_id("A")
        self.do(
            "shift_leader",
            "redispatch",
            case=self.case,
            assignment=again,
            unit="B.urban",
            reason=TEXT,
        )
        self.order = again
        self.do("field", "acknowledge", assignment=again)
        self.do("field", "ask_return", assignment=again, reason=TEXT)
        self.do("shift_leader", "rule_return", case=self.case, confirmed=False, reason=TEXT)

    def decide(self) -> None:
        case, asked = self.case, {"assignment": self.order, "reason": TEXT, "until": self.later}
        self.do("field", "ask", kind="extension", **asked)
        self.do("shift_leader", "rule_request", case=case, granted=True, opinion=TEXT)
        self.do("field", "ask", kind="suspension", **asked)
        self.do("duty_chief", "rule_request", case=case, granted=True, opinion=TEXT)
        self.do("centre_leader", "rule_request", case=case, granted=True, opinion=TEXT)
        self.do("shift_leader", "resume", case=case, reason=TEXT)
        self.do("supervisor", "supervise", case=case, words=TEXT)
        reply = dict.fromkeys(("problem", "cause", "measures", "effect"), TEXT)
        self.do("field", "reply_supervision", case=case, **reply)
        self.do("supervisor", "judge_reply", case=case, accepted=False, words=TEXT)
        line = {"kind": "asked", "case": case, "before": TEXT, "after": TEXT}
        line |= {"accepted": False, "remark": TEXT}
        self.do(
            "shift_leader",
            "hand_over",
            handover=new_id("H"),
            unit="D.1",
            since=self.now,
            outgoing=TEXT,
            incoming=TEXT,
            lines=[line],
        )

    def join_forces(self) -> None:
        incident = self.incident
        self.do(
            "emergency",
            "start_incident",
            incident=incident,
            name=TEXT,
            footprint=RING,
            cases=[self.case],
        )
        order = {"assignment": new_id("A"), "unit": "U.gas"}
        self.do("emergency", "call_in", incident=incident, asked=[order], words=TEXT)
        self.do("emergency", "note_incident", incident=incident, words=TEXT)
        self.do(
            "emergency",
            "record_level",
            incident=incident,
            level="IV",
            number=TEXT,
            ordered_at=self.now,
        )
        self.do("emergency", "report_upward", incident=incident, kind="first", words=TEXT)
        other = self.new()
        self.do("emergency", "attach", case=other, incident=incident)
        self.do("emergency", "detach", case=other, reason=TEXT)
        review = dict.fromkeys(("course", "went_well", "lessons", "follow_up"), TEXT)
        self.do("emergency", "end_incident", incident=incident, review=review)

    def end(self) -> None:
        self.do("dispatcher", "transfer", case=self.new(), service=TEXT)
        self.do("shift_leader", "reject", case=self.new(), reason=TEXT)
        path = f"/v1/private/cases/{self.case}"
        self.centre.request("GET", path, params={"why": TEXT})
        shown = self.centre.request("POST", f"{path}/reveal", json={"why": TEXT})
        assert shown.json()["citizen"] == NAME


@pytest.fixture(scope="module")
def life(centre: Central) -> Life:
    found = Life(centre)
    found.live()
    return found


def assert_nothing_of_them(text: str, where: str) -> None:
    # As JSON may write it too.
    for secret in (NAME, NUMBER, GROUPED, HOUSE, "12号楼", WORDS):
        assert secret not in text, (where, secret)
        assert json.dumps(secret).strip('"') not in text, (where, secret)


def questions(life: Life, last: int) -> dict[str, str]:
    """Every GET under /v1 that the API describes, asked about this case."""
    known = {"owner": life.case, "case_id": life.case, "to": last, "from": 1, "case": life.case}
    found = {}
    for path, item in document()["paths"].items():
        if "get" not in item or path in ("/v1/events", "/v1/private/cases/{case_id}"):
            continue
        asked, query = path, {}
        for parameter in item["get"]["parameters"]:
            value = known.get(parameter["name"], parameter.get("example"))
            if parameter["in"] == "path":
                asked = asked.replace("{" + parameter["name"] + "}", str(value))
            elif parameter["required"]:
                query[parameter["name"]] = value
        if path == "/v1/volumes":
            query = {"from": "2020-01-01", "to": "2999-12-31"}
        found[path] = asked + "?" + "&".join(f"{name}={value}" for name, value in query.items())
    return found


def test_no_answer_of_any_reading_route_to_any_role(life: Life) -> None:
    centre = life.centre
    last = centre.request("GET", "/v1/health").json()["rev"]
    asked = questions(life, last)
    asked |= {"incident": f"/v1/history/{life.incident}", "access": "/v1/private/access"}
    assert {"/v1/snapshot", "/v1/log", "/v1/history/{owner}"} <= set(asked)
    for role in sorted({*Role} - {Role.CENTRE}):
        for name, path in asked.items():
            response = centre.request("GET", path, role=role)
            assert response.status_code < 500, (name, response.text)
            assert_nothing_of_them(response.text, f"{role} {name}")


def test_the_snapshot_and_the_log_do_hold_the_case(life: Life) -> None:
    """The positive control: what was searched is about this case, and the texts are in it."""
    for path in ("/v1/log?from=1&to=9999", f"/v1/history/{life.case}"):
        text = life.centre.request("GET", path).text
        assert life.case in text
        assert "欧**" in text
        assert "海府路" in text


def test_not_on_the_stream(life: Life) -> None:
    last = life.centre.request("GET", "/v1/health").json()["rev"]
    listener = Listener(life.centre, after=0)
    listener.wait(lambda frame: frame.kind == "bookmark" and frame.data["rev"] >= last)
    listener.close()
    text = json.dumps([frame.data for frame in listener.frames], ensure_ascii=False)
    assert life.case in text
    assert_nothing_of_them(text, "stream")


def test_masked_to_who_works_with_citizens(life: Life) -> None:
    text = life.centre.request("GET", f"/v1/private/cases/{life.case}").text
    assert WORDS in text
    for secret in (NAME, NUMBER, GROUPED):
        assert secret not in text


def test_not_in_a_refusal(life: Life) -> None:
    command = envelope("reject", {"case": life.case, "reason": TEXT})
    assert_nothing_of_them(send(life.centre, command, "shift_leader").text, "refusal")
    asked = life.centre.request("POST", "/v1/commands/status", json={"keys": [command["key"]]})
    assert_nothing_of_them(asked.text, "status")


def test_in_one_table_of_the_database_alone(life: Life, database: str | None) -> None:
    store = PostgreSQL(database) if database else SQLite(life.centre.data_dir / FILE_NAME)
    opened = Database(store)
    with opened.reading() as connection:
        for table in metadata.sorted_tables:
            text = "\n".join(str(row) for row in connection.execute(select(table)))
            if table is case_private:
                assert NAME in text
                assert NUMBER in text
            else:
                assert_nothing_of_them(text, table.name)
    opened.close(clean=False)


def test_not_in_what_the_process_says(life: Life) -> None:
    assert_nothing_of_them(stderr_of(life.centre.data_dir), "standard error")
