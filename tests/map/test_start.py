"""The page's HTML, and that a second start does not pay for folium."""

import re
import subprocess
import sys
from pathlib import Path

import folium

from console.map.page import build_page
from tests.map.fakes import CENTRE

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLabel
from console.map.engine import prepare_engine
prepare_engine()
application = QApplication(["test"])
from console.map.strings import ZH
from console.map.widget import MapWidget
from tests.map.fakes import PALETTE, fake_boundaries, fake_city
from tests.map.pins import case
boundaries = fake_boundaries()
city = fake_city(boundaries)
widget = MapWidget(boundaries, city, ZH, PALETTE, Path(sys.argv[1]), QLabel("fallback"))
widget.first_pins_drawn.connect(application.quit)
widget.show()
widget.set_cases([case()])
application.exec()
widget.shut_down()
slow = {"folium", "branca", "geopandas", "pandas", "pyqtgraph", "scipy", "shapely", "jinja2"}
print(sorted(slow & {name.split(".")[0] for name in sys.modules}))
"""


def start(cache: Path) -> str:
    run = subprocess.run(
        [sys.executable, "-c", SECOND_START, str(cache)],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_second_start_imports_nothing_slow(tmp_path: Path) -> None:
    assert "folium" in start(tmp_path)
    assert start(tmp_path) == "[]"


def test_page_names_no_other_address() -> None:
    html = build_page(CENTRE).html
    assert set(re.findall(r"""(?:src|href)="([a-z]+:)""", html)) == {"baton:"}
    assert "http://" not in html
    assert "https://" not in html


def test_page_is_the_same_every_time() -> None:
    assert build_page(CENTRE) == build_page(CENTRE)


def test_other_folium_maps_keep_their_links() -> None:
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    build_page(CENTRE)
    assert (folium.Map.default_js, folium.Map.default_css) == before


def test_policy_stands_before_all_it_governs() -> None:
    page = build_page(CENTRE)
    assert page.html.index("Content-Security-Policy") < page.html.index("<script")
    assert "unsafe" not in page.policy
    assert page.policy.startswith("default-src 'none'")
