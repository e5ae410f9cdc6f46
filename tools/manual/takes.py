"""Which pictures are taken: for each screen the role, and what the hand does before the camera clicks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.manual.centre import Centre
from tools.manual.decisions import RETURNED
from tools.manual.entrance import entrance
from tools.manual.linkage import INCIDENT
from tools.manual.program import Program, wait_for
from tools.manual.scenes import HERO_CASE

SETTLE_S = 7.0
"""Until a map's pages, the charts and the nearest workers are there."""

UNFOLD_S = 1.2
"""A unit that something is held over shows its teams."""

READY = {"quiet": (0, 0.42), "flooded": (1, 0.7)}
"""Which of the two ready days is played, and from what part of it."""
FIRST_ROW = 0.12
"""Where the middle of the first row is, as a share of the queue's height."""
ORDERS, FASTER = 3, 6
"""How many orders the trainee gives, and how many steps faster the rest goes."""


@dataclass(frozen=True, slots=True)
class Take:
    """One opening of the console in one language and size."""

    program: Program
    centre: Centre
    scene: str
    lang: str
    folder: Path
    mark: str
    """After the file's name: "" in 1920 × 1080, "-4k" in 3840 × 2160."""

    def picture(self, name: str) -> None:
        """Photograph the whole display."""
        self.program.display.photograph(self.folder / f"{name}-{self.lang}{self.mark}.webp")

    @property
    def detailed(self) -> bool:
        """Whether the detail pictures are taken here as well."""
        return self.scene == "quiet" and not self.mark


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen in the manual: who looks at it, and what is done there."""

    role: str
    act: Callable[[Take], None]
    by_login: bool = False
    """Whether somebody has to log in first."""


def desk(take: Take) -> None:
    """The case that the manual tells of is chosen."""
    program = take.program
    program.wait("panel", "queue")
    program.rest(SETTLE_S)
    row = program.spot("row", HERO_CASE)
    if row is not None:
        program.display.click(row.x, row.y)
    program.display.park()
    program.rest(2)
    take.picture(f"desk-{take.scene}")
    if take.detailed:
        _drag(take)


def _drag(take: Take) -> None:
    """The card of a drag onto the first unit."""
    program, display = take.program, take.program.display
    row, unit = program.wait("row", HERO_CASE), program.wait("panel", "first-unit")
    display.press(row.x, row.y)
    display.glide((row.x, row.y), (row.x + 30, row.y + 4), steps=6)
    program.wait("drag", "")
    display.glide((row.x + 30, row.y + 4), (unit.left + unit.width // 3, unit.y))
    program.rest(UNFOLD_S)
    take.picture("drag")
    display.key("Escape")
    display.release()


def wall(take: Take) -> None:
    """Nobody touches a wall."""
    take.program.rest(SETTLE_S + 4)
    take.picture(f"wall-{take.scene}")


def duty(take: Take) -> None:
    """A second return is opened."""
    program = take.program
    program.click("decision", f"{RETURNED}-0")
    program.display.park()
    program.rest(SETTLE_S)
    take.picture(f"duty-{take.scene}")
    if take.detailed:
        program.click("indicator", "response")
        program.rest(3)
        take.picture("passport")
        program.display.key("Escape")
        program.rest(1)
        program.display.key("F6")
        program.rest(4)
        take.picture("handover")
        program.display.key("Escape")
        program.rest(1)
        program.click("button", "duty-roster")
        program.rest(2)
        take.picture("roster")


def incident(take: Take) -> None:
    """The incident under way."""
    program = take.program
    program.wait("panel", "map")
    row = program.wait("incident", INCIDENT)
    program.display.click(row.x, row.y)
    program.display.park()
    program.rest(SETTLE_S)
    take.picture(f"incident-{take.scene}")
    if take.detailed:
        program.click("button", "incident-ask")
        program.rest(2)
        take.picture("ask")


def training(take: Take) -> None:
    """A whole day is played: an ordinary one, or the storm's; then a trainee decides."""
    program = take.program
    number, moment = READY[take.scene]
    program.wait("button", f"training-ready-{number}")
    program.rest(SETTLE_S)
    if take.detailed:
        take.picture("calendar")
    program.click("button", f"training-ready-{number}")
    program.wait("transport", "0.5")
    program.rest(SETTLE_S)
    program.click("transport", str(moment))
    program.rest(SETTLE_S / 2)
    _choose_first(take)
    wait_for(lambda: "…" not in program.words("training-next-red"), "the day's reds to be counted")
    program.rest(SETTLE_S)
    take.picture(f"training-{take.scene}")
    if take.detailed:
        _take_over(take)


def _choose_first(take: Take) -> None:
    """Click the first row of the queue, whichever case it is."""
    queue = take.program.wait("panel", "queue")
    down = round(FIRST_ROW * queue.height)
    take.program.display.click(queue.left + queue.width // 2, queue.top + down)
    take.program.display.park()


def _take_over(take: Take) -> None:
    """Three orders, a while at speed, and the comparison."""
    program, display = take.program, take.program.display
    display.key("F8")
    program.rest(2)
    for _ in range(ORDERS):
        _choose_first(take)
        program.rest(1)
        display.key("Return")
        program.rest(1)
    display.key(*["plus"] * FASTER, "space")
    program.rest(2 * SETTLE_S)
    display.key("F8")
    display.park()
    program.rest(SETTLE_S)
    take.picture("compare")


SCREENS: Mapping[str, Screen] = {
    "desk": Screen("dispatcher", desk),
    "wall": Screen("wall", wall),
    "duty": Screen("duty_chief", duty),
    "incident": Screen("emergency", incident),
    "training": Screen("shift_leader", training),
    "login": Screen("dispatcher", entrance, by_login=True),
}
