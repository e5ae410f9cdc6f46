import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.domain.case import TERMINAL, WAITING, Case, CaseState
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Level, case_level
from console.i18n import Texts
from console.store.picture import Picture
from console.tables.case_queue import GROUP_FROM, GROUP_UNTIL, CaseQueueModel
from console.tables.queue_order import QueueFilter, QueueOrder, QueueTab, entry_of, in_tab, sort_key
from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ID_ROLE, ROW_ROLE
from console.tables.rows import GroupRow, QueueRow
from console.tables.search import normalise
from tests.qt.desk_picture import NOW, add_case, make_picture
from tests.qt.random_changes import Changes

Make = Callable[..., CaseQueueModel]


@pytest.fixture
def make(city: City, zh: Texts, qtmodeltester: object) -> Iterator[Make]:
    """Makes models of a picture; each is watched by Qt's own model tester."""
    made: list[CaseQueueModel] = []

    def make(picture: Picture, tab: QueueTab = QueueTab.WAITING) -> CaseQueueModel:
        model = CaseQueueModel(city, zh)
        qtmodeltester.check(model)  # type: ignore[attr-defined]
        model.set_tab(tab)
        model.reset(picture, NOW)
        made.append(model)
        return model

    yield make
    for model in made:
        model.deleteLater()


def ids(model: CaseQueueModel) -> list[str]:
    return [model.index(n).data(ID_ROLE) for n in range(model.rowCount())]


def gone_rows(model: CaseQueueModel) -> list[str]:
    """Cases whose row still stands although they left the tab."""
    shown = (model.index(n) for n in range(model.rowCount()))
    return [index.data(ID_ROLE) for index in shown if index.data(GONE_ROLE)]


def expected(
    picture: Picture,
    city: City,
    tab: QueueTab,
    order: QueueOrder = QueueOrder.WORST,
    mine: frozenset[str] = frozenset(),
    wanted: QueueFilter | None = None,
    now: float = NOW.timestamp(),
) -> list[str]:
    """What a list of one tab holds, by reading every case of the picture."""
    rule = wanted or QueueFilter()
    entries = [entry_of(c, picture.lead(c), city) for c in picture.cases.values()]
    fit = [
        e
        for e in entries
        if in_tab(e, tab, mine, searching=bool(rule.text)) and rule.takes(e, city, now)
    ]
    return [e.case.id for e in sorted(fit, key=lambda e: sort_key(e, order))]


# -- order, tabs, figures ----------------------------------------------------------------------


@pytest.mark.parametrize("tab", list(QueueTab))
@pytest.mark.parametrize("order", list(QueueOrder))
def test_a_tab_holds_its_cases_in_their_order(
    make: Make, picture: Picture, city: City, tab: QueueTab, order: QueueOrder
) -> None:
    model = make(picture, tab)
    mine = frozenset(list(picture.cases)[::4])
    for case_id in mine:
        model.mark_mine(case_id)
    model.set_order(order)
    assert ids(model) == expected(picture, city, tab, order, mine)


def test_worst_first_is_urgent_and_unanswered_then_by_deadline(make: Make, city: City) -> None:
    picture = make_picture(city, 80, state=CaseState.REGISTERED)
    rows = [make(picture).row(n) for n in range(80)]
    urgent = [row.urgent for row in rows]
    assert any(urgent)
    assert urgent == sorted(urgent, reverse=True)
    for kind in (True, False):
        dues = [
            entry_of(picture.cases[r.id], None, city).countdown.due  # type: ignore[union-attr]
            for r in rows
            if r.urgent is kind
        ]
        assert dues == sorted(dues)


def test_time_alone_never_moves_a_row(make: Make, picture: Picture) -> None:
    model = make(picture, QueueTab.ALL)
    before = ids(model)
    for minutes in (1, 10, 60, 600):
        model.tick(NOW + timedelta(minutes=minutes))
        assert ids(model) == before


def test_the_same_deadline_is_ordered_by_id_whatever_came_first(make: Make, city: City) -> None:
    first = add_case(Picture(tz=city.tz), city, 1, CaseState.REGISTERED)
    twins = [replace(first, id=f"C{n}") for n in range(9)]
    random.Random(1).shuffle(twins)
    picture = Picture(tz=city.tz, cases={c.id: c for c in twins})
    assert ids(make(picture)) == sorted(c.id for c in twins)


def test_counts_are_those_of_the_whole_picture(make: Make, picture: Picture, city: City) -> None:
    model = make(picture)
    alive = [c for c in picture.cases.values() if c.state not in TERMINAL]
    levels = Counter(case_level(c, picture.lead(c), city.policy, NOW) for c in alive)
    model.mark_mine(alive[0].id)
    assert model.tab_counts() == {
        QueueTab.WAITING: sum(c.state in WAITING for c in alive),
        QueueTab.MINE: 1,
        QueueTab.DISPATCHED: sum(
            c.state in (CaseState.DISPATCHED, CaseState.RETURN_ASKED, CaseState.SUSPENDED)
            for c in alive
        ),
        QueueTab.VERIFY_CALLBACK: sum(
            c.state in (CaseState.CHECKING, CaseState.CALLBACK) for c in alive
        ),
        QueueTab.ALL: len(alive),
    }
    assert model.level_counts() == {level: levels[level] for level in sorted(Level, reverse=True)}
    assert model.without_place() == sum(c.position is None for c in alive) > 0


def test_counts_do_not_depend_on_tab_or_filter(make: Make, picture: Picture) -> None:
    model = make(picture)
    before = (model.tab_counts(), model.level_counts(), model.without_place())
    model.set_tab(QueueTab.DISPATCHED)
    model.set_filter("没有这样的地方")
    assert model.rowCount() == 0
    assert (model.tab_counts(), model.level_counts(), model.without_place()) == before


@pytest.mark.parametrize("seed", range(6))
def test_after_any_changes_the_model_equals_a_fresh_one(make: Make, city: City, seed: int) -> None:
    picture = make_picture(city, 40, seed)
    tab = list(QueueTab)[seed % 5]
    model = make(picture, tab)
    changes = Changes(picture, city, seed)
    for _ in range(25):
        changed, removed, now = changes.batch()
        model.refresh(picture, changed, removed, now)
        assert ids(model) == expected(picture, city, tab)
        fresh = make(picture, tab)
        assert model.tab_counts() == fresh.tab_counts()
        assert model.without_place() == fresh.without_place()


def test_very_many_changes_at_once_are_one_reset(make: Make, city: City, qtbot: QtBot) -> None:
    picture = make_picture(city, 900)
    model = make(picture, QueueTab.ALL)
    for number in range(700):
        add_case(picture, city, number, CaseState.REGISTERED, seed=9)
    with qtbot.waitSignal(model.modelReset):
        model.refresh(picture, list(picture.cases)[:700], [], NOW)
    assert ids(model) == expected(picture, city, QueueTab.ALL)


# -- filters -------------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [{Level.RED}, {Level.AMBER, Level.GREEN}, set()])
def test_levels(make: Make, picture: Picture, city: City, levels: set[Level]) -> None:
    model = make(picture, QueueTab.ALL)
    model.set_filter(levels=levels)
    wanted = QueueFilter(levels=frozenset(levels))
    assert ids(model) == expected(picture, city, QueueTab.ALL, wanted=wanted)
    assert {model.row(n).level for n in range(model.rowCount())} <= levels


def test_under_a_level_filter_rows_come_and_go_with_time(
    make: Make, picture: Picture, city: City
) -> None:
    model = make(picture, QueueTab.ALL)
    wanted = QueueFilter(levels=frozenset({Level.RED}))
    model.set_filter(levels=wanted.levels)
    seen = set()
    for minutes in range(0, 200, 20):
        now = NOW + timedelta(minutes=minutes)
        model.tick(now)
        assert ids(model) == expected(
            picture, city, QueueTab.ALL, wanted=wanted, now=now.timestamp()
        )
        seen.add(tuple(ids(model)))
    assert len(seen) > 2


def test_urgent_and_without_place(make: Make, picture: Picture) -> None:
    model = make(picture, QueueTab.ALL)
    model.set_filter(urgent_only=True)
    assert model.rowCount() > 0
    assert all(model.row(n).urgent for n in range(model.rowCount()))
    model.set_filter(without_place=True)
    assert model.rowCount() == model.without_place() > 0
    model.set_filter()
    assert model.rowCount() == model.tab_counts()[QueueTab.ALL]


@pytest.mark.parametrize("words", ["龙昆北路", "longkunbeilu", "lkbl", " LKBL ", "龙昆 北路"])
def test_a_place_is_found_in_chinese_by_pinyin_and_by_initials(
    make: Make, picture: Picture, words: str
) -> None:
    model = make(picture, QueueTab.ALL)
    model.set_filter(words)
    found = {picture.cases[c] for c in ids(model)}
    assert found >= {
        c for c in picture.cases.values() if "龙昆北路" in c.place and c.state not in TERMINAL
    }
    assert all("龙昆北路" in c.place for c in found)


def test_a_category_and_a_district_are_found_in_english(
    make: Make, picture: Picture, city: City
) -> None:
    model = make(picture, QueueTab.ALL)
    case = picture.cases[ids(model)[0]]
    model.set_filter(city.categories[case.category].name_en.upper())
    assert case.id in ids(model)


def test_an_id_finds_a_case_that_is_over_in_the_tab_of_all(make: Make, picture: Picture) -> None:
    over = next(c for c in picture.cases.values() if c.state is CaseState.CLOSED)
    model = make(picture, QueueTab.ALL)
    assert over.id not in ids(model)
    model.set_filter(over.id)
    assert ids(model) == [over.id]
    model.set_tab(QueueTab.WAITING)
    assert ids(model) == []


@pytest.mark.parametrize("words", ["%s", "{0}", "\\", "(", "<b>", "\u202e", "🚒", "a" * 5000])
def test_hostile_words_find_nothing_and_break_nothing(
    make: Make, picture: Picture, words: str
) -> None:
    model = make(picture, QueueTab.ALL)
    model.set_filter(words)
    assert ids(model) == []


# -- during a drag ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("tab", [QueueTab.WAITING, QueueTab.ALL])
def test_while_held_no_row_moves_and_after_release_all_is_as_if_never_held(
    make: Make, city: City, seed: int, tab: QueueTab
) -> None:
    picture = make_picture(city, 40, seed)
    model = make(picture, tab)
    before = ids(model)
    noise: list[str] = []
    model.rowsAboutToBeInserted.connect(lambda *_: noise.append("in"))
    model.rowsAboutToBeRemoved.connect(lambda *_: noise.append("out"))
    model.rowsAboutToBeMoved.connect(lambda *_: noise.append("moved"))
    model.modelAboutToBeReset.connect(lambda: noise.append("reset"))
    changes = Changes(picture, city, seed)
    model.hold()
    for _ in range(12):
        changed, removed, now = changes.batch()
        model.refresh(picture, changed, removed, now)
        model.tick(now)
        assert ids(model) == before
        wanted = expected(picture, city, tab)
        assert model.pending_new == len(set(wanted) - set(before))
        for number, case_id in enumerate(before):
            gone = case_id not in wanted
            assert model.index(number).data(GONE_ROLE) is gone
            assert isinstance(model.row(number), QueueRow)
    assert noise == []
    model.release()
    assert ids(model) == expected(picture, city, tab)
    assert model.pending_new == 0
    fresh = make(picture, tab)
    fresh.tick(changes.now)
    model.tick(changes.now)
    assert [model.row(n) for n in range(model.rowCount())] == [
        fresh.row(n) for n in range(fresh.rowCount())
    ]
    assert model.tab_counts() == fresh.tab_counts()
    assert gone_rows(model) == []


def test_minutes_and_levels_go_on_while_held(make: Make, city: City, qtbot: QtBot) -> None:
    picture = make_picture(city, 20, state=CaseState.REGISTERED)
    model = make(picture)
    model.hold()
    before = [model.row(n) for n in range(model.rowCount())]
    with qtbot.waitSignal(model.dataChanged):
        model.tick(NOW + timedelta(minutes=90))
    after = [model.row(n) for n in range(model.rowCount())]
    assert all(a.minutes != b.minutes for a, b in zip(before, after, strict=True))
    assert {row.level for row in after} <= {Level.RED, Level.DARK_RED}


def test_what_waits_is_told_as_it_grows_and_shrinks(make: Make, city: City) -> None:
    picture = make_picture(city, 10, state=CaseState.REGISTERED)
    model = make(picture)
    told: list[int] = []
    model.pending_changed.connect(told.append)
    model.hold()
    new = [add_case(picture, city, 700 + n, CaseState.REGISTERED) for n in range(3)]
    model.refresh(picture, [c.id for c in new[:2]], [], NOW)
    model.refresh(picture, [new[2].id], [], NOW)
    picture.cases[new[0].id] = replace(new[0], state=CaseState.ANSWERED)
    model.refresh(picture, [new[0].id], [], NOW)
    assert told == [2, 3, 2]
    model.release()
    assert told[-1] == 0
    assert model.rowCount() == 12


def test_a_row_that_went_and_came_back_can_be_taken_again(make: Make, city: City) -> None:
    picture = make_picture(city, 5, state=CaseState.REGISTERED)
    model = make(picture)
    case = next(iter(picture.cases.values()))
    model.hold()
    del picture.cases[case.id]
    model.refresh(picture, [], [case.id], NOW)
    assert gone_rows(model) == [case.id]
    picture.cases[case.id] = case
    model.refresh(picture, [case.id], [], NOW)
    assert gone_rows(model) == []
    model.release()
    assert case.id in ids(model)


def test_a_whole_picture_that_arrives_while_held_moves_no_row_either(
    make: Make, city: City
) -> None:
    picture = make_picture(city, 30, state=CaseState.REGISTERED)
    model = make(picture)
    before = ids(model)
    other = make_picture(city, 20, seed=5, state=CaseState.REGISTERED)
    add_case(other, city, 900, CaseState.REGISTERED)
    model.hold()
    model.reset(other, NOW)
    assert ids(model) == before
    assert model.pending_new == 1
    assert gone_rows(model) == [c for c in before if c not in other.cases]
    model.release()
    assert ids(model) == expected(other, city, QueueTab.WAITING)


def test_what_this_seat_gave_while_held_stands_in_mine_after_release(
    make: Make, picture: Picture
) -> None:
    model = make(picture, QueueTab.MINE)
    case = next(c.id for c in picture.cases.values() if c.state is CaseState.REGISTERED)
    model.hold()
    model.mark_mine(case)
    assert ids(model) == []
    model.release()
    assert ids(model) == [case]
    model.mark_mine(case, mine=False)
    assert ids(model) == []


def test_release_without_hold_does_nothing(make: Make, picture: Picture) -> None:
    model = make(picture)
    told: list[int] = []
    model.pending_changed.connect(told.append)
    model.release()
    assert told == []


# -- in a flood ------------------------------------------------------------------------------------


def flood(city: City, count: int) -> Picture:
    return make_picture(city, count, state=CaseState.REGISTERED)


def test_below_two_hundred_nothing_is_grouped(make: Make, city: City) -> None:
    assert not make(flood(city, GROUP_FROM - 1)).grouped
    assert make(flood(city, GROUP_FROM)).grouped


def test_grouped_rows_count_every_case_once(make: Make, city: City) -> None:
    picture = flood(city, 600)
    model = make(picture)
    assert model.grouped
    assert model.rowCount() < 600
    rows = [model.row(n) for n in range(model.rowCount())]
    assert sum(r.count if isinstance(r, GroupRow) else 1 for r in rows) == 600
    for row in (r for r in rows if isinstance(r, GroupRow)):
        assert row.count > 1
        assert 0 <= row.urgent <= row.count


def test_opening_all_groups_shows_every_case_and_closing_hides_them_again(
    make: Make, city: City
) -> None:
    picture = flood(city, 220)
    model = make(picture)
    closed = ids(model)
    heads = [n for n in range(model.rowCount()) if isinstance(model.row(n), GroupRow)]
    for number in reversed(heads):
        assert model.toggle_group(number)
    shown = [c for n in range(model.rowCount()) if (c := model.id_at(n))]
    assert sorted(shown) == sorted(picture.cases)
    depths = Counter(model.index(n).data(DEPTH_ROLE) for n in range(model.rowCount()))
    rows = [model.row(n) for n in range(model.rowCount())]
    assert depths[1] == sum(r.count for r in rows if isinstance(r, GroupRow))
    for number in reversed(range(model.rowCount())):
        if isinstance(model.row(number), GroupRow):
            assert model.toggle_group(number)
    assert ids(model) == closed


def test_a_group_shows_the_level_of_its_worst(make: Make, city: City) -> None:
    picture = flood(city, 400)
    model = make(picture)
    for number in range(model.rowCount()):
        row = model.row(number)
        if not isinstance(row, GroupRow):
            continue
        town, _, category = row.id[1:].partition("|")
        members = [
            c
            for c in picture.cases.values()
            if (c.town or c.district or "-", c.category) == (town, category)
        ]
        assert len(members) == row.count
        assert row.level is max(case_level(c, None, city.policy, NOW) for c in members)
        assert row.urgent == sum(c.urgency is Urgency.URGENT for c in members)


def test_no_row_is_a_group_for_toggling_but_a_head(make: Make, picture: Picture) -> None:
    model = make(picture)
    assert not model.toggle_group(0)
    assert not model.toggle_group(-1)
    assert not model.toggle_group(10_000)


@pytest.mark.parametrize("seed", range(4))
def test_in_a_flood_no_case_is_ever_dropped(make: Make, city: City, seed: int) -> None:
    picture = flood(city, 215)
    model = make(picture)
    changes = Changes(picture, city, seed)
    dice = random.Random(seed)
    for step in range(21):
        if step % 7 == 3:
            model.hold()
        if step % 7 == 5:
            model.release()
        if dice.random() < 0.5 and model.rowCount():
            model.toggle_group(dice.randrange(model.rowCount()))
        model.refresh(picture, *changes.batch())
        if step % 7 in (3, 4):
            continue
        wanted = expected(picture, city, QueueTab.WAITING)
        rows = [model.row(n) for n in range(model.rowCount())]
        heads = [n for n, row in enumerate(rows) if isinstance(row, GroupRow)]
        seen = sum(rows[n].count for n in heads)  # type: ignore[union-attr]
        seen += sum(
            isinstance(row, QueueRow) and model.index(n).data(DEPTH_ROLE) == 0
            for n, row in enumerate(rows)
        )
        assert seen == len(wanted)


def test_grouping_ends_only_well_below_where_it_began(make: Make, city: City) -> None:
    picture = flood(city, GROUP_FROM)
    model = make(picture)
    ids_left = list(picture.cases)
    for _ in range(GROUP_FROM - GROUP_UNTIL):
        gone = ids_left.pop()
        del picture.cases[gone]
        model.refresh(picture, [], [gone], NOW)
        assert model.grouped
    gone = ids_left.pop()
    del picture.cases[gone]
    model.refresh(picture, [], [gone], NOW)
    assert not model.grouped
    assert ids(model) == expected(picture, city, QueueTab.WAITING)


def test_the_first_case_of_a_closed_group_can_be_chosen(make: Make, city: City) -> None:
    picture = flood(city, 300)
    model = make(picture)
    first = model.first_case()
    assert first in picture.cases
    worst = expected(picture, city, QueueTab.WAITING)[0]
    assert first == worst
    assert make(Picture(tz=city.tz)).first_case() is None


# -- single things ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tick", "marks"),
    [("stored", "✓"), ("committed", "✓✓"), ("acknowledged", "✓✓✓"), ("held", "✓"),
     ("refused", "✗"), ("lost", "✗")],
)  # fmt: skip
def test_ticks_of_an_own_order(make: Make, city: City, tick: str, marks: str) -> None:
    model = make(make_picture(city, 3, state=CaseState.REGISTERED))
    case_id = model.id_at(1)
    model.row(1)
    model.set_tick(case_id, tick)
    row = model.row(1)
    assert isinstance(row, QueueRow)
    assert row.ticks == marks


def test_a_tick_redraws_only_its_own_row(make: Make, city: City) -> None:
    model = make(make_picture(city, 9, state=CaseState.REGISTERED))
    for number in range(9):
        model.row(number)
    drawn: list[int] = []
    model.dataChanged.connect(lambda first, last: drawn.extend((first.row(), last.row())))
    model.set_tick(model.id_at(4), "stored")
    assert drawn == [4, 4]


def test_a_row_says_its_words_for_reading_aloud(make: Make, picture: Picture) -> None:
    model = make(picture)
    index = model.index(0)
    row = index.data(ROW_ROLE)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        assert index.data(role) == f"{row.minutes} {row.category} {row.second}"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_rows_that_are_not_there_are_nothing(make: Make, picture: Picture) -> None:
    model = make(picture)
    assert model.id_at(-1) == model.id_at(9999) == ""
    assert model.row_of("no such case") is None
    assert model.case("no such case") is None
    assert model.index(9999).data(ID_ROLE) is None


def test_a_case_of_another_tab_is_known(make: Make, picture: Picture) -> None:
    model = make(picture, QueueTab.WAITING)
    other: Case = next(c for c in picture.cases.values() if c.state is CaseState.DISPATCHED)
    assert model.row_of(other.id) is None
    assert model.case(other.id) == other


def test_a_query_is_compared_without_case_and_outer_blanks(make: Make, picture: Picture) -> None:
    model = make(picture)
    resets: list[int] = []
    model.set_filter("LKBL")
    model.modelReset.connect(lambda: resets.append(1))
    model.set_filter("  lkbl ")
    assert resets == []
    assert normalise("  LK  bl ") == "lk bl"
