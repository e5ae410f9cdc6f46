"""Frame times of plain folium while panning and zooming: nothing changes on it, for it cannot."""

from typing import Any

from benchmarks.load.figures import spread
from benchmarks.mapping import plain
from benchmarks.mapping.scene import Scene
from benchmarks.mapping.session import Session, promised


def measure(session: Session, cases: int, seconds: float) -> dict[str, Any]:
    """The movement of animation.js over folium's own page."""
    scene = Scene(session.city, session.boundaries, cases)
    view = session.make_page(plain.build(scene, session.boundaries, session.folder / "plain.html"))
    session.wait(2)
    mover = f"leafletMover(map_plain, {list(plain.CENTRE)}, 11.5)"
    found = promised(session, view.page(), f"animate({mover}, {seconds})")
    view.close()
    frames = found["pan"] + found["zoom"]
    return {
        "cases": cases,
        "frame_ms": spread(frames),
        "frames_per_s": round(len(frames) / seconds, 1),
    }
