"""The map's page killed and hung under a desk at work: noticed, complete again, no order lost or doubled.

Three deaths within a minute bring the table, and F5 brings the map back: so each run is one such row.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.e2e.program import wait_for
from tests.faults.map_desk import MapDesk, desk
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

KILLED_S, HUNG_S = 2.0, 8.0
"""Within so long the map is complete again, or the table there; what took longer is counted as `late`.

A run fails by what is lost, doubled or never comes, not by the clock of whatever machine it runs on.
"""
LOADED = 2.0
"""Load average for each core beyond which the times are those of the other work; the desk's own is about 1.5."""
HANGS = frozenset({"hang", "SIGSTOP"})
ACTS = ("nothing", "keys", "drag", "drop")
_NEVER_S = 20.0

Figures = dict[str, float]


def dying(ways: Sequence[str], variant: str = "", acts: Sequence[str] = ACTS) -> Campaign:
    """A desk whose page ends in these ways, one after the other."""

    @contextmanager
    def opened(_folder: Path) -> Iterator[RunOne]:
        shared = desk()
        with shared.busy():
            yield lambda seed: one_row(shared, Random(seed), ways, variant, acts)

    return opened


def one_row(
    shared: MapDesk, rnd: Random, ways: Sequence[str], variant: str, acts: Sequence[str]
) -> Verdict:
    """Death after death; the third brings the table, the key brings the map back."""
    lies: list[str] = []
    figures: Figures = {"deaths": 0}
    shared.ask("vary", variant=variant)
    try:
        for number, way in enumerate(ways, start=1):
            last = number == 3
            lies += _one(shared, rnd, _way(way, rnd), rnd.choice(acts), last, figures)
            if lies:
                break
        if not lies and len(ways) == 3:
            lies += _come_back(shared, figures)
    finally:
        shared.ask("vary", variant="")
        _mend(shared, anew=bool(variant or lies))
    lies += shared.unsettled() if not _settled(shared) else []
    return Verdict(tuple(lies), figures)


def _way(way: str, rnd: Random) -> str:
    """`any`: mostly as the system kills, sometimes by a fault of its own or for want of memory."""
    kinds = ("SIGKILL", "SIGKILL", "SIGKILL", "SIGSEGV", "SIGABRT", "fill")
    return rnd.choice(kinds) if way == "any" else way


def _one(
    shared: MapDesk,
    rnd: Random,
    way: str,
    act: str,
    last: bool,
    figures: Figures,
) -> Iterator[str]:
    """One death, with something in hand."""
    case = shared.new_case()
    shared.console.wait_spot("row", case)
    shared.hand.click(case, "row")
    shared.console.wait_spot("panel", "first-unit")
    if act in ("drag", "drop"):
        _lift(shared, case)
    shared.ask("mark")
    told = time.monotonic()
    shared.end_page(way)
    if act == "drop":
        shared.mouse.release()
    elif act == "keys":
        shared.hand.key("d", "q")
    figures["deaths"] += 1
    limit = HUNG_S if way in HANGS else KILLED_S
    lost = shared.until("page_lost", _NEVER_S)
    where = f"{way} during {act}"
    if lost is None:
        yield f"{where}: not noticed within {_NEVER_S:.0f} s"
        _let_go(shared, act)
        return
    began = told if way != "fill" else lost  # the heap takes its time to be full
    _measure(figures, f"noticed_{_kind(way)}", lost - began, limit)
    there = shared.until("gave_up" if last else "complete", _NEVER_S)
    if there is None:
        missing = "no table" if last else shared.ask().get("missing")
        yield f"{where}: {missing} after {_NEVER_S:.0f} s"
    else:
        _measure(figures, f"{'table' if last else 'complete'}_{_kind(way)}", there - began, limit)
    yield from _judge_hand(shared, case, act, where)


def _kind(way: str) -> str:
    return "hung" if way in HANGS else "killed"


def _measure(figures: Figures, name: str, seconds: float, limit: float) -> None:
    """What took how long; on a machine that does other work too it says little, and counts apart."""
    loaded = os.getloadavg()[0] > LOADED * (os.cpu_count() or 1)
    word = f"{name}_loaded_s" if loaded else f"{name}_s"
    figures[word] = max(figures.get(word, 0.0), round(seconds, 3))
    counted = "late_loaded" if loaded else "late"
    figures[counted] = figures.get(counted, 0) + (seconds > limit)
    figures["loaded" if loaded else "unloaded"] = (
        figures.get("loaded" if loaded else "unloaded", 0) + 1
    )


def _lift(shared: MapDesk, case: str) -> None:
    """Take the row in hand and carry it over the first unit; the button stays down."""
    start = shared.console.wait_spot("row", case).at
    end = shared.console.wait_spot("panel", "first-unit").at
    leave = (start[0] + 24, start[1] + 4)
    shared.mouse.press(*start)
    shared.mouse.glide(start, leave, steps=6)
    wait_for(lambda: shared.ask().get("dragging"), "the drag to begin")
    shared.mouse.glide(leave, end, steps=6)


def _let_go(shared: MapDesk, act: str) -> None:
    if act == "drag":
        shared.mouse.release()


def _judge_hand(shared: MapDesk, case: str, act: str, where: str) -> Iterator[str]:
    """What the hand did is in the log exactly once; what was cancelled is not, and was said."""
    if act == "nothing":
        return
    if act == "drag":
        cancelled = _soon(lambda: not shared.ask().get("dragging", True))
        shared.mouse.release()
        if not cancelled:
            yield f"{where}: the drag went on"
            return
    void = act != "keys" and "drag.map_lost" in shared.ask().get("said", [])
    if act == "drag" and not void:
        yield f"{where}: nobody was told that the drag was cancelled"
    if void:
        if shared.sent_for(case):
            yield f"{where}: said as cancelled, and sent"
        shared.hand.click(case, "row")
        shared.hand.key("d", "q")
    if not _soon(lambda: shared.sent_for(case) > 0):
        yield f"{where}: the order of {case} is lost"
    elif shared.sent_for(case) > 1:
        yield f"{where}: {case} was sent {shared.sent[case]} times"
    else:
        shared.sign(case)


def _soon(fits: Callable[[], bool], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while not fits():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _come_back(shared: MapDesk, figures: Figures) -> Iterator[str]:
    """The table is one to work with: a row of it is given to somebody; then the map is asked for."""
    case = shared.new_case()
    if not _soon(lambda: shared.console.ask("pin", case).get("found") is True):
        yield f"the table has no row of {case}"
        return
    if not shared.ask().get("given_up") or shared.ask().get("view"):
        yield "the page is in sight though it was given up"
    shared.hand.click(case, "pin")
    shared.hand.key("d", "q")
    if not _soon(lambda: shared.sent_for(case) == 1):
        yield f"{case} was ordered at the table {shared.sent[case]} times"
    shared.sign(case)
    shared.ask("mark")
    began = time.monotonic()
    shared.hand.key("F5")
    there = shared.until("complete", _NEVER_S)
    if there is None or not shared.ask().get("view"):
        yield f"F5 did not bring the map back: {shared.ask().get('missing')}"
    else:
        _measure(figures, "back_by_key", there - began, HUNG_S)


def _mend(shared: MapDesk, *, anew: bool) -> None:
    """The next run finds a desk that is well; `anew`: with another page, for this one may hang."""
    state = shared.ask()
    if state.get("dragging"):
        shared.hand.key("Escape")
        shared.mouse.release()
    if state.get("given_up"):
        shared.hand.key("F5")
        wait_for(lambda: not shared.ask().get("given_up", True), "the map to come back")
    if anew:
        shared.ask("mark")
        shared.end_page("SIGKILL")
        wait_for(lambda: shared.ask("forget").get("times", {}).get("whole"), "another page")
    wait_for(lambda: shared.ask().get("alive"), "the page to live")


def _settled(shared: MapDesk) -> bool:
    return _soon(lambda: not shared.unsettled(), 20.0)


FAULTS = (
    Fault(
        name="map-killed",
        invariant="noticed, complete within 2 s, no order lost or doubled, a table after three",
        wanted=100,
        short=1,
        campaign=dying(("any", "any", "SIGKILL")),
        controls=(
            Control(
                "tells-nothing-anew", dying(("SIGKILL",), "tells-nothing-anew", ("nothing",)), 1
            ),
            Control("loses-orders", dying(("SIGKILL",), "loses-orders", ("keys",)), 3),
            Control("drag-goes-on", dying(("SIGKILL",), "drag-goes-on", ("drag",)), 1),
            Control("no-table", dying(("SIGKILL",) * 3, "no-table", ("nothing",)), 1),
        ),
    ),
    Fault(
        name="map-hung",
        invariant="noticed, complete within 8 s, no order lost or doubled",
        wanted=25,
        short=1,
        campaign=dying(("hang", "SIGSTOP", "SIGKILL")),
        controls=(Control("never-looks", dying(("hang",), "never-looks", ("nothing",)), 1),),
    ),
)
