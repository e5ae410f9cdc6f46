from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.event import EntityKind, Event
from console.i18n import Texts
from console.store.picture import Picture
from console.tables.case_card import CaseCard
from console.tables.clock_box import ClockBox, ClockFace
from console.wire.frames import PrivateDetails
from tests.builders import event
from tests.qt.desk_picture import NOW

HOSTILE = [
    "<b>fett</b>",
    "<img src=x onerror=alert(1)>",
    "${alert(1)}`\\`",
    "<a href='file:///etc/passwd'>hier</a>",
    "&lt;b&gt;",
    "\u202eabc\u2066\x00\x1b[31m",
    "{case} {0} %s",
    "很长" * 3000,
]


@pytest.fixture
def card(qtbot: QtBot, city: City, zh: Texts) -> CaseCard:
    made = CaseCard(city, zh)
    qtbot.addWidget(made)
    made.resize(432, 296)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def case(picture: Picture) -> Case:
    return next(c for c in picture.cases.values() if c.state is CaseState.DISPATCHED and c.position)


def words(card: CaseCard) -> list[str]:
    """What stands on the card now."""
    labels = [w.text() for w in card.findChildren(QLabel) if w.isVisible() and w.text()]
    return [*labels, box(card).toPlainText()] if box(card).isVisible() else labels


def box(card: CaseCard) -> QPlainTextEdit:
    """Where the citizen's words stand."""
    found = card.findChild(QPlainTextEdit, "words")
    assert isinstance(found, QPlainTextEdit)
    return found


def faces(card: CaseCard) -> list[ClockFace]:
    found = [box._face for box in card.findChildren(ClockBox)]
    assert None not in found
    return found  # type: ignore[return-value]


def test_it_begins_with_nothing_and_says_so(card: CaseCard, zh: Texts) -> None:
    assert card.shown() is None
    assert words(card) == [zh("case.none"), zh("case.none_hint")]


def test_a_case_and_then_none(card: CaseCard, case: Case, picture: Picture, zh: Texts) -> None:
    card.show_case(case, picture, NOW)
    assert card.shown() == case.id
    assert case.place in " ".join(words(card))
    assert zh("case.loading") in words(card)
    card.clear()
    assert card.shown() is None
    assert words(card) == [zh("case.none"), zh("case.none_hint")]


def test_both_clocks_run(card: CaseCard, case: Case, picture: Picture, zh: Texts) -> None:
    card.show_case(case, picture, NOW)
    holder, citizen = faces(card)
    assert (holder.name, citizen.name) == (zh("case.holder_clock"), zh("case.citizen_clock"))
    lead = picture.lead(case)
    assert lead is not None
    assert lead.unit is not None
    assert holder.note != zh("case.nobody")
    card.show_case(case, picture, NOW + timedelta(days=3))
    later = faces(card)
    assert later[0].figures != holder.figures
    assert later[1].figures != citizen.figures


@pytest.mark.parametrize("state", list(CaseState))
def test_every_state_can_be_shown(
    card: CaseCard, case: Case, picture: Picture, zh: Texts, state: CaseState
) -> None:
    card.show_case(replace(case, state=state, former=CaseState.DISPATCHED), picture, NOW)
    assert len(faces(card)) == 2
    card.show_case(replace(case, state=state, lead=None, due_at=None), picture, NOW)
    assert faces(card)[1].note == zh("case.no_due")


def test_private_words_take_their_place_when_they_come(
    card: CaseCard, case: Case, picture: Picture, zh: Texts
) -> None:
    private = PrivateDetails(
        citizen="王**", phone="138****1234", words=" 水管爆了 ", address="海秀中路 8 号"
    )
    card.show_case(case, picture, NOW, private=private)
    assert "水管爆了" in words(card)
    assert "海秀中路 8 号" in words(card)
    assert any("138****1234" in w for w in words(card))
    empty = PrivateDetails(citizen="", phone="", words="  ", address="")
    card.show_case(case, picture, NOW, private=empty)
    assert zh("case.words_none") in words(card)
    assert "水管爆了" not in " ".join(words(card))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_only_words(
    card: CaseCard, case: Case, picture: Picture, hostile: str
) -> None:
    private = PrivateDetails(citizen=hostile, phone=hostile, words=hostile, address=hostile)
    evil = replace(case, place=hostile, category=hostile[:40], source_ref=hostile)
    card.show_case(evil, picture, NOW, private=private)
    labels = card.findChildren(QLabel)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert not any(label.openExternalLinks() for label in labels)
    assert box(card).isReadOnly()
    assert box(card).toPlainText() == hostile.strip()
    assert not card.grab().isNull()
    for label in labels:
        assert "<img" not in label.toolTip()
        assert "<a " not in label.toolTip()
        assert "<b>" not in label.toolTip()


@pytest.mark.parametrize("long", ["水管爆了。" * 400, "x" * 4000, "行\n" * 900])
def test_long_words_scroll_and_do_not_grow_the_card(
    card: CaseCard, case: Case, picture: Picture, qtbot: QtBot, long: str
) -> None:
    private = PrivateDetails(citizen="", phone="", words=long, address="")
    card.show_case(case, picture, NOW, private=private)
    qtbot.waitUntil(lambda: box(card).verticalScrollBar().maximum() > 0)
    assert box(card).lineWrapMode() is QPlainTextEdit.LineWrapMode.WidgetWidth
    assert (card.width(), card.height()) == (432, 296)


def test_marks_of_urgency_and_hazard(
    card: CaseCard, case: Case, picture: Picture, city: City, zh: Texts
) -> None:
    hazard = next(c for c in city.categories.values() if c.hazard)
    card.show_case(replace(case, urgency=Urgency.URGENT, category=hazard.code), picture, NOW)
    assert {zh("urgency.urgent"), zh("case.hazard")} <= set(words(card))
    mild = next(c for c in city.categories.values() if not c.hazard)
    card.show_case(replace(case, urgency=Urgency.NORMAL, category=mild.code), picture, NOW)
    assert not {zh("urgency.urgent"), zh("case.hazard")} & set(words(card))


def steps(case: Case, count: int) -> list[Event]:
    return [
        event(
            n,
            EntityKind.CASE,
            case.id,
            type=("case.received", "case.registered", "case.dispatched")[n % 3],
            occurred_at=NOW - timedelta(minutes=60 - n),
        )
        for n in range(count)
    ]


def test_the_last_three_steps_newest_first(
    card: CaseCard, case: Case, picture: Picture, zh: Texts
) -> None:
    card.show_case(case, picture, NOW, steps=steps(case, 5))
    found = [w for w in words(card) if w.startswith("09:")]
    assert [w.partition(" ")[0] for w in found] == ["09:07", "09:06", "09:05"]
    assert found[0].endswith(zh("event.case.registered"))
    card.show_case(case, picture, NOW, steps=steps(case, 1))
    assert len([w for w in words(card) if w.startswith("09:")]) == 1


def test_facts_that_stand_out_have_a_line_only_when_there_are_some(
    card: CaseCard, case: Case, picture: Picture, zh: Texts
) -> None:
    card.show_case(replace(case, returns=2, has_photo=True), picture, NOW)
    assert zh("case.returns", n=2) + zh("list.dot") + zh("case.photo") in words(card)
    card.show_case(case, picture, NOW)
    assert not any(zh("case.photo") in w for w in words(card))


def test_the_english_card(
    qtbot: QtBot, city: City, en: Texts, picture: Picture, case: Case
) -> None:
    card = CaseCard(city, en)
    qtbot.addWidget(card)
    card.show()
    card.show_case(case, picture, NOW, steps=steps(case, 3))
    said = [w for w in words(card) if w != case.place]
    assert not any("\u4e00" <= c <= "\u9fff" for w in said for c in w)
