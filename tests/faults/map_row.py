"""One row of deaths of a map's page, with something in the hand at each, and the way back by the table."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

from tests.e2e.program import wait_for
from tests.faults.map_desk import MapDesk
from tests.faults.plan import Verdict

KILLED_S, HUNG_S = 2.0, 8.0
"""Within so long the map is complete again, or the table there; what took longer is counted as `late`.

A run fails by what is lost, doubled or never comes, not by the clock of whatever machine it runs on.
"""
LOADED = 2.0
"""Load average for each core beyond which the times are those of the other work; the desk's own is about 1.5."""
HANGS = frozenset({"hang", "SIGSTOP"})
ACTS = ("nothing", "keys", "drag", "drop")
_KINDS = ("SIGKILL", "SIGKILL", "SIGKILL", "SIGSEGV", "SIGABRT", "fill")
"""Of `any` way: mostly as the system kills, sometimes by a fault of its own or for want of memory."""


class Row:
    """Up to three deaths; `patience_s` is how long is waited for what should happen."""

    def __init__(
        self, shared: MapDesk, rnd: Random, acts: Sequence[str], patience_s: float
    ) -> None:
        self._desk = shared
        self._rnd = rnd
        self._acts = acts
        self._patience_s = patience_s
        self._figures: dict[str, float] = {"deaths": 0}

    def run(self, ways: Sequence[str], variant: str) -> Verdict:
        """Death after death; the third brings the table, the key brings the map back."""
        lies: list[str] = []
        self._desk.ask("vary", variant=variant)
        try:
            for number, way in enumerate(ways, start=1):
                kind = self._rnd.choice(_KINDS) if way == "any" else way
                lies += self._die(kind, self._rnd.choice(self._acts), last=number == 3)
                if lies:
                    break
            if not lies and len(ways) == 3:
                lies += self._come_back()
        finally:
            self._desk.ask("vary", variant="")
            self._mend(anew=bool(variant or lies))
        lies += [] if self._soon(lambda: not self._desk.unsettled()) else self._desk.unsettled()
        return Verdict(tuple(lies), self._figures)

    def _die(self, way: str, act: str, *, last: bool) -> Iterator[str]:
        """One death, with something in hand."""
        desk, where = self._desk, f"{way} during {act}"
        case = desk.new_case()
        desk.hand.click(case, "row")
        desk.console.wait_spot("panel", "first-unit")
        if act in ("drag", "drop"):
            self._lift(case)
        desk.ask("mark")
        began = time.monotonic()
        desk.end_page(way)
        if act == "drop":
            desk.mouse.release()
        elif act == "keys":
            desk.hand.key("d", "q")
        self._figures["deaths"] += 1
        limit, kind = (HUNG_S, "hung") if way in HANGS else (KILLED_S, "killed")
        lost = desk.until("page_lost", self._patience_s)
        if lost is None:
            yield f"{where}: not noticed within {self._patience_s:.0f} s"
            desk.mouse.release()
            return
        # A heap takes its time to be full.
        began = lost if way == "fill" else began
        self._measure(f"noticed_{kind}", lost - began, limit)
        there = desk.until("gave_up" if last else "complete", self._patience_s)
        if there is None:
            state = desk.ask()
            heard = ", ".join(state.get("times", {})) or "nothing"
            yield f"{where}: {'no table' if last else state.get('missing')}; heard of {heard}"
        else:
            self._measure(f"{'table' if last else 'complete'}_{kind}", there - began, limit)
        yield from self._judge_hand(case, act, where)

    def _measure(self, name: str, seconds: float, limit: float) -> None:
        """What took how long; on a machine that does other work too it says little, and counts apart."""
        figures = self._figures
        loaded = os.getloadavg()[0] > LOADED * (os.cpu_count() or 1)
        end = "_loaded" if loaded else ""
        word = f"{name}{end}_s"
        figures[word] = max(figures.get(word, 0.0), round(seconds, 3))
        figures[f"late{end}"] = figures.get(f"late{end}", 0) + (seconds > limit)
        figures[f"measured{end}"] = figures.get(f"measured{end}", 0) + 1

    def _lift(self, case: str) -> None:
        """Take the row in hand and carry it over the first unit; the button stays down."""
        desk = self._desk
        start = desk.console.wait_spot("row", case).at
        end = desk.console.wait_spot("panel", "first-unit").at
        leave = (start[0] + 24, start[1] + 4)
        desk.mouse.press(*start)
        desk.mouse.glide(start, leave, steps=6)
        wait_for(lambda: desk.ask().get("dragging"), "the drag to begin")
        desk.mouse.glide(leave, end, steps=6)

    def _judge_hand(self, case: str, act: str, where: str) -> Iterator[str]:
        """What the hand did is in the log exactly once; what was cancelled is not, and was said."""
        desk = self._desk
        if act == "nothing":
            # Else those that wait would fill the top of all lists, and hide the ones to come.
            desk.settle(case)
            return
        if act == "drag":
            cancelled = self._soon(lambda: not desk.ask().get("dragging", True))
            desk.mouse.release()
            if not cancelled:
                yield f"{where}: the drag went on"
                return
        void = act != "keys" and "drag.map_lost" in desk.ask().get("said", [])
        if act == "drag" and not void:
            yield f"{where}: nobody was told that the drag was cancelled"
        if void:
            if desk.sent_for(case):
                yield f"{where}: said as cancelled, and sent"
            desk.hand.click(case, "row")
            desk.hand.key("d", "q")
        yield from self._sent_once(case, where)

    def _sent_once(self, case: str, where: str) -> Iterator[str]:
        desk = self._desk
        if not self._soon(lambda: desk.sent_for(case) > 0):
            said = desk.ask().get("said")
            yield f"{where}: the order of {case} is lost; what was said: {said}"
        elif desk.sent_for(case) > 1:
            yield f"{where}: {case} was sent {desk.sent[case]} times"
        else:
            desk.sign(case)

    def _come_back(self) -> Iterator[str]:
        """The table is one to work with: a row of it is given to somebody; then the map is asked for."""
        desk = self._desk
        case = desk.new_case()
        if not self._soon(lambda: desk.console.ask("pin", case).get("found") is True):
            yield f"the table has no row of {case}: {desk.ask('table', case=case)}"
            return
        if not desk.ask().get("given_up") or desk.ask().get("view"):
            yield "the page is in sight though it was given up"
        desk.hand.click(case, "pin")
        unit = desk.console.wait_spot("panel", "first-unit")
        if self._rnd.random() < 0.5:
            desk.hand.key("d", "q")
        else:
            desk.hand.drag(desk.console.wait_spot("pin", case).at, unit.at)
        yield from self._sent_once(case, "at the table")
        desk.ask("mark")
        began = time.monotonic()
        desk.hand.key("F5")
        there = desk.until("complete", self._patience_s)
        if there is None or not desk.ask().get("view"):
            yield f"F5 did not bring the map back: {desk.ask().get('missing')}"
        else:
            self._measure("back_by_key", there - began, HUNG_S)

    def _mend(self, *, anew: bool) -> None:
        """The next run finds a desk that is well; `anew`: with another page, for this one may hang."""
        desk = self._desk
        state = desk.ask()
        if state.get("dragging"):
            desk.hand.key("Escape")
            desk.mouse.release()
        if state.get("given_up"):
            desk.hand.key("F5")
            wait_for(lambda: not desk.ask().get("given_up", True), "the map to come back")
        if anew:
            desk.ask("mark")
            desk.end_page("SIGKILL")
            wait_for(lambda: desk.ask("forget").get("times", {}).get("whole"), "another page")
        wait_for(lambda: desk.ask().get("alive"), "the page to live")

    def _soon(self, fits: Callable[[], object]) -> bool:
        end = time.monotonic() + self._patience_s
        while not fits():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True
