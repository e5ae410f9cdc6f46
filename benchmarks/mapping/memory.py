"""Memory of all processes over 200,000 events at many times the peak's rate."""

from typing import Any

import psutil

from benchmarks.mapping.load import Load, fill
from benchmarks.mapping.scene import Scene
from benchmarks.mapping.session import Session

EVENTS = 200_000
TIMES = 10.0
SAMPLES = 40
_MIB = 1024 * 1024


def measure(session: Session, cases: int, seconds: float) -> dict[str, Any]:
    """PSS of the program and its renderer by events told; `seconds` do not matter here."""
    scene = Scene(session.city, session.boundaries, cases)
    widget = session.make_map()
    fill(scene, widget)
    session.wait(15)
    load = Load(scene, widget, TIMES)
    load.start()
    samples = []
    for number in range(SAMPLES + 1):
        session.until(lambda due=number * EVENTS / SAMPLES: load.told >= due, 3_600_000)  # type: ignore[misc]
        samples.append({"events": load.told, **_pss(widget.view.page().renderProcessPid())})
    load.stop()
    widget.shut_down()
    half = [one for one in samples if one["events"] >= EVENTS / 2]
    grown = half[-1]["all_mib"] - half[0]["all_mib"]
    per = grown / ((half[-1]["events"] - half[0]["events"]) / 10_000)
    return {
        "cases": cases,
        "times_peak": TIMES,
        "mib_per_10000_events_second_half": round(per, 3),
        "renderer_mib_most": max(one["renderer_mib"] for one in samples),
        "samples": samples,
    }


def _pss(renderer: int) -> dict[str, float]:
    me = psutil.Process()
    found = {p.pid: p.memory_full_info().pss / _MIB for p in [me, *me.children(recursive=True)]}
    return {
        "all_mib": round(sum(found.values()), 1),
        "renderer_mib": round(found.get(renderer, 0.0), 1),
    }
