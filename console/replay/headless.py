"""Plays a scenario without a screen: as recorded, with nobody deciding, or with a simple automatic dispatcher."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

from console.domain.case import CaseState
from console.domain.city import City
from console.domain.command import Dispatch
from console.domain.indicator import Period
from console.field.ids import new_id
from console.replay.branch import Branch, World
from console.replay.comparison import figures
from console.replay.expectation import Played, Verdict, judge
from console.replay.scenario import Scenario
from console.replay.timeline import Timeline
from console.store.ranking import rank_units
from console.wire.commands import wrap

LOOKS_EVERY = timedelta(seconds=30)
"""How often the automatic dispatcher looks at what waits, domain time."""

_READY = (CaseState.RECEIVED, CaseState.REGISTERED)


class Policy(StrEnum):
    """Who decides: as in history, nobody, or the first receiver of the ranking at once."""

    HISTORY = "history"
    NONE = "none"
    BEST = "best"


def play(scenario: Scenario, policy: Policy, world: World) -> Played:
    """Play it from its beginning to its end."""
    timeline = Timeline(scenario.recording, world.city)
    if policy is Policy.HISTORY:
        return _as_recorded(timeline, world.city)
    branch = Branch(timeline, timeline.recording.about.begins, world)
    run(branch, best if policy is Policy.BEST else None)
    return played(branch)


def verdicts(scenario: Scenario, result: Played) -> list[Verdict]:
    """Every expectation with what became of it."""
    return [judge(expectation, result) for expectation in scenario.expectations]


def run(branch: Branch, decide: Callable[[Branch], None] | None) -> None:
    """Let the branch pass to its end; `decide` looks at it every half minute."""
    if decide is None:
        branch.run_until(branch.ends)
    while branch.position < branch.ends:
        branch.run_until(branch.position + LOOKS_EVERY)
        if decide is not None:
            decide(branch)


def best(branch: Branch) -> None:
    """Give every waiting case to the first receiver of its ranking that is qualified."""
    picture, city = branch.picture, branch.city
    waiting = [case for case in picture.cases.values() if case.state in _READY]
    for case in sorted(waiting, key=lambda c: (c.received_at, c.id)):
        ranking = (ranked.unit.code for ranked in rank_units(case, picture, city))
        unit = next((code for code in ranking if city.qualified(code, case.category)), None)
        if unit is not None:
            order = new_id(0, "best", case.id, case.waiting_since)
            command = Dispatch(case=case.id, assignment=order, unit=unit)
            branch.submit(wrap(command, new_id(0, "best key", order)))


def played(branch: Branch) -> Played:
    """How the branch stands at its position."""
    period = Period(branch.begun, branch.position)
    found = figures(branch.picture, branch.events, period, branch.city, branch.metres())
    return Played(
        picture=branch.picture,
        figures=found,
        period=period,
        policy=branch.city.policy,
        events=len(branch.events),
    )


def _as_recorded(timeline: Timeline, city: City) -> Played:
    recording, about = timeline.recording, timeline.recording.about
    period = Period(about.begins, about.ends)
    picture = timeline.picture_at(about.ends)
    metres = recording.tracks.metres(about.begins, about.ends)
    return Played(
        picture=picture,
        figures=figures(picture, recording.events, period, city, metres),
        period=period,
        policy=city.policy,
        events=len(recording.events),
    )
