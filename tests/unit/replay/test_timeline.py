"""The index says when clocks ran out, who gave back, how many called; a seek is a sequential apply."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.clock import Level, case_level
from console.replay.player import Player
from console.replay.problem import RecordingProblem
from console.replay.recording import Recording
from console.replay.timeline import MarkKind, Timeline
from console.store.picture import Picture
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.made import hourless, recording

SECOND = timedelta(seconds=1)


def timeline() -> Timeline:
    return Timeline(recording(), CITY)


def level(line: Timeline, case: str, moment: datetime) -> Level | None:
    picture = line.picture_at(moment)
    found = picture.cases.get(case)
    if found is None:
        return None
    return case_level(found, picture.lead(found), CITY.policy, moment)


def reds(line: Timeline, moment: datetime, bad: tuple[Level, ...]) -> set[str]:
    picture = line.picture_at(moment)
    policy = CITY.policy
    levels = {c.id: case_level(c, picture.lead(c), policy, moment) for c in picture.cases.values()}
    return {case for case, found in levels.items() if found in bad}


def test_calls_of_the_minutes_sum_up_to_the_day() -> None:
    line = timeline()
    assert len(line.per_minute) == 1440
    assert sum(line.per_minute) == recording().about.calls
    hour = int((line.busiest() - recording().about.begins) / timedelta(hours=1))
    sums = [sum(line.per_minute[h * 60 : h * 60 + 60]) for h in range(24)]
    assert sums[hour] == max(sums)


def test_red_marks_are_where_a_case_turns_red() -> None:
    line = timeline()
    marks = line.marks(MarkKind.RED)
    assert len(marks) > 20
    assert [m.at for m in marks] == sorted(m.at for m in marks)
    for mark in marks:
        assert level(line, mark.about, mark.at - SECOND) in (None, Level.GREEN, Level.AMBER)
        assert level(line, mark.about, mark.at) in (Level.RED, Level.DARK_RED)


def test_no_red_is_missed() -> None:
    """Whoever is red in the evening and was not at midnight has a mark."""
    line = timeline()
    evening = recording().about.begins + timedelta(hours=21)
    marked = {mark.about for mark in line.marks(MarkKind.RED) if mark.at <= evening}
    bad = (Level.RED, Level.DARK_RED)
    midnight = recording().about.begins
    red, before = reds(line, evening, bad), reds(line, midnight, bad)
    assert red - before
    assert red - before <= marked


def test_next_finds_each_mark_once_and_in_order() -> None:
    line, moment, found = timeline(), recording().about.begins, []
    while (mark := line.next(MarkKind.RETURN, moment)) is not None:
        found.append(mark)
        moment = mark.at
    asked = [e for e in recording().events if e.type == "case.return_asked"]
    assert asked
    assert {m.about for m in found} == {e.entity_id for e in asked}
    assert line.next(MarkKind.INCIDENT, recording().about.begins) is None


def test_next_red_is_the_same_before_and_after_the_index_is_built() -> None:
    fresh, built = timeline(), timeline()
    built.marks(MarkKind.RED)
    noon = recording().about.begins + timedelta(hours=12)
    assert fresh.next(MarkKind.RED, noon) == built.next(MarkKind.RED, noon) is not None


def test_the_index_grows_in_portions_to_its_end() -> None:
    line = timeline()
    fractions = [line.advance(400) for _ in range(20)]
    assert fractions == sorted(fractions)
    assert 0 < fractions[0] < 1
    assert fractions[-1] == 1.0


def test_a_picture_is_that_of_sequential_apply() -> None:
    line, day = timeline(), recording()
    moment = day.about.begins + timedelta(hours=15, minutes=7)
    plain = Picture.from_snapshot([day.start], CITY.tz)
    plain.apply(
        event for event, known in zip(day.events, day.moments, strict=True) if known <= moment
    )
    plain.put_fixes(day.tracks.latest(moment))
    assert line.picture_at(moment) == plain


def test_the_callers_picture_is_its_own() -> None:
    line = timeline()
    noon = recording().about.begins + timedelta(hours=12)
    line.picture_at(noon).cases.clear()
    assert line.picture_at(noon).cases


def test_an_event_that_cannot_be_is_named() -> None:
    events = list(recording().events)
    bad = next(n for n, e in enumerate(events) if e.type == "case.received")
    events[bad] = replace(events[bad], change={**events[bad].change, "state": "flying"})
    with pytest.raises(RecordingProblem) as caught:
        Timeline(replace(recording(), events=events), CITY).marks(MarkKind.RED)
    assert str(events[bad].rev) in caught.value.zh


def hostile() -> Recording:
    """A day that could be sealed: a case that waits since the end of all time."""
    events = list(recording().events)
    bad = next(n for n, e in enumerate(events) if e.change.get("waiting_since"))
    change = {**events[bad].change, "waiting_since": "9999-12-31T23:59:59Z"}
    events[bad] = replace(events[bad], change=change)
    return replace(recording(), events=events)


def test_a_moment_beyond_the_calendar_is_damage() -> None:
    with pytest.raises(RecordingProblem):
        Timeline(hostile(), CITY).marks(MarkKind.RED)


def test_hours_that_are_missing_are_damage() -> None:
    with pytest.raises(RecordingProblem):
        Timeline(hourless(), CITY).picture_at(recording().about.ends)
    player = Player(Timeline(hourless(), CITY))
    player.step(0.0)
    player.set_rate(600)
    player.play()

    def play_on() -> None:
        for second in range(1, 200):
            player.step(float(second))

    with pytest.raises(RecordingProblem):
        play_on()


def test_an_incident_has_a_mark_where_it_began() -> None:
    events, moments = list(recording().events), list(recording().moments)
    place = len(events) // 2
    began = replace(
        events[place],
        entity="incident:I1",
        type="incident.started",
        change={"id": "I1", "state": "started", "name": "内涝", "footprint": []}
        | {"district": None, "started_at": moments[place].isoformat(), "started_by": "seat"},
    )
    later = replace(events[place + 1], entity="incident:I1", change={"name": "大面积内涝"})
    told = [*events[:place], began, later, *events[place + 2 :]]
    line = Timeline(replace(recording(), events=told), CITY)
    [mark] = line.marks(MarkKind.INCIDENT)
    assert (mark.at, mark.about) == (moments[place], "I1")
    assert line.next(MarkKind.INCIDENT, recording().about.begins) == mark
    assert line.picture_at(moments[-1]).incidents["I1"].name == "大面积内涝"
    assert {e.entity for e in line.recording.history("I1")} == {"incident:I1"}
