"""Memory of all processes over 200,000 events at many times the peak's rate."""

import os
from typing import Any

from benchmarks import processes
from benchmarks.mapping.load import Load, fill
from benchmarks.mapping.scene import Scene
from benchmarks.mapping.session import Session

WARM_UP = 200_000
"""Events until caches are full: the pictures of pins, the young generation of the script heap."""
EVENTS = 200_000
TIMES = 10.0
SAMPLES = 40


def measure(session: Session, cases: int, seconds: float) -> dict[str, Any]:
    """PSS of each process, with and without mapped files, by events told, the warm-up's too; `seconds` do not matter here."""
    scene = Scene(session.city, session.boundaries, cases)
    widget = session.make_map()
    fill(scene, widget)
    session.wait(15)
    load = Load(scene, widget, TIMES)
    load.start()
    samples = []
    for number in range(2 * SAMPLES + 1):
        due = number * (WARM_UP + EVENTS) / (2 * SAMPLES)
        session.until(lambda due=due: load.told >= due, 3_600_000)  # type: ignore[misc]
        found = processes.measure(os.getpid(), {"map": widget.view.page().renderProcessPid()})
        samples.append({"events": load.told, "cases": len(scene.cases), **found})
    load.stop()
    widget.shut_down()
    half = [one for one in samples if one["events"] >= WARM_UP + EVENTS / 2]
    return {
        "cases": cases,
        "times_peak": TIMES,
        "warm_up_events": WARM_UP,
        "mib_per_10000_events_second_half": _grown(half, "pss_mib"),
        "own_mib_per_10000_events_second_half": _grown(half, "own_mib"),
        "renderer_mib_most": max(one["pss_mib"]["renderer map"] for one in samples),
        "samples": samples,
    }


def _grown(half: list[dict[str, Any]], what: str) -> dict[str, float]:
    """MiB for 10,000 events by kind of process, and of all."""
    first, last = half[0], half[-1]
    times = (last["events"] - first["events"]) / 10_000
    grown = {kind: last[what][kind] - first[what].get(kind, 0.0) for kind in last[what]}
    grown["all"] = sum(last[what].values()) - sum(first[what].values())
    return {kind: round(size / times, 3) for kind, size in grown.items()}
