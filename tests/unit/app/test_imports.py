"""What must not be loaded before the first pin is on the map."""

import subprocess
import sys

SLOW = ("folium", "branca", "geopandas", "pandas", "pyqtgraph", "scipy", "pyproj", "fastapi")


def test_the_window_is_built_without_the_slow_libraries() -> None:
    code = "import sys, console.app.session, console.views.desk.screen; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "PySide6.QtWebEngineWidgets" in loaded
    assert not loaded & set(SLOW)


def test_a_screen_that_is_not_entered_is_not_loaded() -> None:
    code = "import sys, console.app.session; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert [
        m for m in done.stdout.split() if m.startswith("console.views.") and "screen." in m
    ] == []
