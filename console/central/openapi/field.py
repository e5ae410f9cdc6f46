"""Operations of the field feed: positions, the simulated clock, volumes of past days."""

from collections.abc import Sequence

from console.central.openapi import samples
from console.central.openapi.operation import Operation, one
from console.central.positions import Batch, Fault, Outcome
from console.central.routes.field import ClockWish
from console.central.volumes import Import, Imported
from console.wire.frames import DomainClock

_FIX = {"worker": samples.WORKER, "lon": 110.3482, "lat": 20.0321, "fix_at": "2026-06-03T02:00:00Z"}

FIELD: Sequence[Operation] = (
    Operation(
        method="post",
        path="/v1/positions",
        says="Workers' positions; each is judged alone",
        body=one(Batch, Batch(fixes=[_FIX, _FIX | {"worker": "nobody"}])),
        answers={
            200: one(
                Outcome,
                Outcome(
                    accepted=1,
                    refused=[Fault(index=1, problem="unknown-worker", detail="worker: 'nobody'")],
                ),
            )
        },
        problems={413: ("too-large", "too-many")},
        may="tell_positions",
    ),
    Operation(
        method="post",
        path="/v1/clock",
        says="Set the domain clock of a simulated city",
        body=one(ClockWish, ClockWish(rate=60.0, simulated=True, domain_time=samples.NOW)),
        answers={
            200: one(
                DomainClock,
                DomainClock(
                    domain_time=samples.NOW, server_time=samples.NOW, rate=60.0, simulated=True
                ),
            )
        },
        problems={413: ("too-large",), 422: ("clock", "production", "clock-backwards")},
        may="set_clock",
    ),
    Operation(
        method="put",
        path="/v1/volumes",
        says="Import volumes of past days; what the centre counted itself stays",
        body=one(Import, Import(days=[samples.DAY_NOW])),
        answers={200: one(Imported, Imported(imported=0, kept=["2026-06-03"]))},
        problems={413: ("too-large", "too-many")},
        may="import_volumes",
    ),
)
"""For systems, and while simulated for an administrator."""
