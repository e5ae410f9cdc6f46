import re

import pytest

from console.client.api import PrivateDetails
from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.clock import Level
from console.domain.event import EntityKind
from console.i18n import Texts
from console.paths import ROOT
from console.store.picture import Picture
from console.tables import case_words
from tests.builders import CITY, TOWN, TZ, WORKER, at, case, event, order

ZH = Texts("zh", "办件", strict=True)
EN = Texts("en", "case", strict=True)


def picture(*cases: object) -> Picture:
    made = Picture(tz=TZ)
    made.cases = {c.id: c for c in cases}  # type: ignore[attr-defined]
    return made


def test_spans_before_and_after_the_deadline() -> None:
    assert case_words.span_text(22, ZH) == "剩 22 分"
    assert case_words.span_text(-7, ZH) == "超 7 分"
    assert case_words.span_text(0, ZH) == "剩 0 分"


def test_a_moment_of_another_day_has_its_date() -> None:
    assert case_words.moment(at(0), at(60), CITY) == "10:00"
    assert case_words.moment(at(0), at(60 * 24), CITY) == "06-03 10:00"


def test_before_dispatch_the_centres_clock_runs() -> None:
    face = case_words.holder_face(case(), None, CITY, ZH, at(5))
    assert (face.name, face.figures, face.note) == ("中心", "剩 10 分", "尚未派出")


def test_after_dispatch_the_holders() -> None:
    one = case(state=CaseState.DISPATCHED, lead="A1")
    face = case_words.holder_face(one, order(worker=WORKER), CITY, ZH, at(40))
    assert (face.name, face.level, face.unsigned) == ("承办", Level.RED, True)
    assert face.note == "单位T.1·王榕涛"


def test_a_case_that_is_over_says_so() -> None:
    over = case(state=CaseState.CLOSED, closed_at=at(90), lead="A1")
    done = order(state=AssignmentState.DONE)
    assert case_words.holder_face(over, done, CITY, ZH, at(999)).figures == "已结束"
    assert case_words.citizen_face(over, CITY, ZH, at(999)).figures == "已等 90 分"


def test_the_citizens_clock_never_pauses() -> None:
    face = case_words.citizen_face(case(), CITY, ZH, at(215))
    assert (face.figures, face.note, face.level) == ("已等 3 小时", "14:00 到期", Level.AMBER)
    assert case_words.citizen_face(case(due_at=None), CITY, ZH, at(5)).note == "未定时限"


def test_private_details_come_later() -> None:
    assert case_words.citizen_line(case(), None, ZH) == "电话·正在读取…"
    known = PrivateDetails(citizen="王**", phone="138****1234", words="", address="海秀中路 8 号")
    assert case_words.citizen_line(case(), known, ZH) == "电话·王**·138****1234"
    assert case_words.where_line(case(), known, CITY, ZH) == "海秀中路 8 号"
    assert case_words.where_line(case(), None, CITY, ZH) == "海秀中路"


def test_marks_count_what_belongs_together() -> None:
    one, two, three = case(kin="k"), case(id="C2", kin="k"), case(id="C3", repeat_of="C1")
    assert case_words.marks(one, picture(one, two, three), ZH) == "可能重复 2 件"
    alone = case(returns=2, has_photo=True)
    assert case_words.marks(alone, picture(alone), ZH) == "退单 2 次·有照片"


def test_steps_say_when_what_and_to_whom_newest_first() -> None:
    made = picture(case())
    made.assignments = {"A1": order()}
    steps = [
        event(1, EntityKind.CASE, "C1", type="case.received", occurred_at=at(0)),
        event(2, EntityKind.ASSIGNMENT, "A1", type="assignment.sent", occurred_at=at(3)),
        event(3, EntityKind.CASE, "C1", type="case.of_another_version", occurred_at=at(4)),
    ]
    lines = case_words.step_lines(steps, made, CITY, ZH, at(10))
    assert lines == ["10:04 变更", f"10:03 发出·单位{TOWN}", "10:00 受理"]


def kinds_of_the_rules() -> list[str]:
    """Every type of event that the rules decide; some are named by the state they lead to."""
    ends = (AssignmentState.RECALLED, AssignmentState.WITHDRAWN)
    steps = (AssignmentState.ACKNOWLEDGED, AssignmentState.RESPONDED)
    kinds = {f"assignment.{state.value}" for state in (*ends, *steps)} | {"assignment.arrived"}
    for path in (ROOT / "console" / "domain" / "rules").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        for kind in ("case", "assignment"):
            kinds |= {f"{kind}.{name}" for name in re.findall(rf'{kind}_fact\(\s*"(\w+)"', source)}
        kinds |= {f"case.{name}" for name in re.findall(r'_rework\("(\w+)"', source)}
        kinds |= set(re.findall(r'type="(\w+\.\w+)"', source))
    return sorted(kinds)


@pytest.mark.parametrize("kind", kinds_of_the_rules())
def test_every_event_of_the_rules_is_a_step_in_both_languages(kind: str) -> None:
    step = event(1, EntityKind.CASE, "C1", type=kind, occurred_at=at(3))
    for texts in (ZH, EN):
        (line,) = case_words.step_lines([step], picture(case()), CITY, texts, at(10))
        assert line == f"10:03 {texts('event.' + kind)}"
        assert line != f"10:03 {texts('event.unknown')}"


def test_an_event_of_an_order_that_left_the_picture_still_names_its_receiver() -> None:
    gone = event(
        1, EntityKind.ASSIGNMENT, "A9", type="assignment.sent", change={"unit": TOWN, "worker": 7}
    )
    (line,) = case_words.step_lines([gone], picture(case()), CITY, ZH, at(0))
    assert line == f"10:00 发出·单位{TOWN}"
