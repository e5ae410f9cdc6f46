"""The map's page killed and hung under a desk at work: noticed, complete again, no order lost or doubled.

Three deaths within a minute bring the table, and F5 brings the map back: so each run is one such row.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.faults.map_desk import desk
from tests.faults.map_row import ACTS, Row
from tests.faults.plan import Campaign, Control, Fault, RunOne

SOON_S = 6.0
"""How long a control waits for what a broken variant never does."""
LATER_S = 10.0
"""The same where a whole product would take five seconds."""


def dying(
    ways: Sequence[str],
    variant: str = "",
    acts: Sequence[str] = ACTS,
    patience_s: float = 20.0,
) -> Campaign:
    """A desk whose page ends in these ways, one after the other."""

    @contextmanager
    def opened(_folder: Path) -> Iterator[RunOne]:
        shared = desk()
        with shared.busy():
            yield lambda seed: Row(shared, Random(seed), acts, patience_s).run(ways, variant)

    return opened


FAULTS = (
    Fault(
        name="map-killed",
        invariant="noticed, complete within 2 s, no order lost or doubled, a table after three",
        wanted=100,
        short=1,
        campaign=dying(("any", "any", "SIGKILL")),
        controls=(
            Control(
                "tells-nothing-anew",
                dying(("SIGKILL",), "tells-nothing-anew", ("nothing",), SOON_S),
                1,
            ),
            Control("loses-orders", dying(("SIGKILL",), "loses-orders", ("keys",), SOON_S), 3),
            Control("drag-goes-on", dying(("SIGKILL",), "drag-goes-on", ("drag",), SOON_S), 1),
            Control("no-table", dying(("SIGKILL",) * 3, "no-table", ("nothing",), SOON_S), 1),
        ),
    ),
    Fault(
        name="map-hung",
        invariant="noticed, complete within 8 s, no order lost or doubled",
        wanted=25,
        short=1,
        campaign=dying(("hang", "SIGSTOP", "SIGKILL")),
        controls=(
            Control("never-looks", dying(("hang",), "never-looks", ("nothing",), LATER_S), 1),
        ),
    ),
)
