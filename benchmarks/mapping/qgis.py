"""QGIS's own redraw of the same data as a reference, on machines that have QGIS; no part of the program needs it."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.load.figures import spread
from benchmarks.mapping.qgis_plan import write_plan
from benchmarks.mapping.scene import Scene
from console.domain.city import City
from console.geo.boundaries import Boundaries

_SCRIPT = Path(__file__).parent / "qgis_redraw.py"
_PATIENCE_S = 600


def qgis_python() -> str | None:
    """The system's Python if it knows QGIS, None where QGIS is not installed."""
    python = shutil.which("python3", path=os.defpath)
    if python is None:
        return None
    # Isolated: this folder has a qgis.py of its own, and our environment's packages are not QGIS's.
    probe = subprocess.run([python, "-I", "-c", "import qgis.core"], capture_output=True)
    return python if probe.returncode == 0 else None


def measure(
    scene: Scene, city: City, boundaries: Boundaries, view: dict[str, Any]
) -> dict[str, Any] | None:
    """Milliseconds of QGIS's redraw (`qgis_plan.write_plan` says of what), None without QGIS.

    "full" shows all that ours shows, "plain" only the cases as one marker over bare land.
    Raises CalledProcessError when QGIS fails.
    """
    python = qgis_python()
    if python is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = write_plan(scene, city, boundaries, view, folder)
        # A profile of its own: QGIS draws as it does newly installed.
        own = {"QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": name}
        run = subprocess.run(
            [python, "-I", str(_SCRIPT), str(plan)],
            env={**os.environ, **own},
            check=True,
            stdout=subprocess.PIPE,
            timeout=_PATIENCE_S,
        )
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    found = {"version": told["version"], "features": told["features"]}
    for picture in told["features"]:
        drawn: list[tuple[float, float]] = told[f"{picture}_ms"]
        found[f"{picture}_ms"] = spread([ms for _, ms in drawn])
        found[f"{picture}_by_zoom_ms"] = by_zoom(drawn)
    return found


def by_zoom(drawn: list[tuple[float, float]]) -> dict[str, float]:
    """The median milliseconds at each zoom, of pairs (zoom, ms)."""
    zooms = sorted({zoom for zoom, _ in drawn})
    middle = (statistics.median(ms for at, ms in drawn if at == zoom) for zoom in zooms)
    return {str(zoom): round(ms, 2) for zoom, ms in zip(zooms, middle, strict=True)}
