"""From the centre's commit to the pixel: a real central API, the console's stream, board and map."""

import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from benchmarks.load.figures import spread
from benchmarks.load.servers import running
from benchmarks.load.traffic import fill
from benchmarks.mapping.frames import Beats
from benchmarks.mapping.load import EVENTS_PER_S
from benchmarks.mapping.session import Session, ask
from console.client.api import Api
from console.client.stream import Stream
from console.i18n import Texts
from console.live.board import Board
from console.views.city_map import CityMap
from console.wire.messages import EventsArrived, Message

WARM_UP_S = 8.0
EVENT_BYTES, FIXES_BYTES = 1000, 24_000
_WATCH = """(() => { window.drawnAt = {}; const seen = new Set(); const now = () => performance.timeOrigin + performance.now();
document.addEventListener('baton:in', (event) => {
  const fresh = (event.detail.match(/"T-[^"]+"/g) || []).map((id) => JSON.parse(id)).filter((id) => !seen.has(id));
  if (fresh.length === 0) return;
  for (const id of fresh) seen.add(id);
  baton.app.surfaces.live.once('painted', () => requestAnimationFrame(() => { for (const id of fresh) drawnAt[id] = now(); }));
}); })(); 0"""
"""A case is on the screen when the frame after its drawing begins: that drawing is then presented."""


def measure(session: Session, cases: int, seconds: float) -> dict[str, Any]:
    """New cases' way to the map under the peak's load; an echo over loopback SSE beside it."""
    with tempfile.TemporaryDirectory() as folder, running("sqlite", 1, Path(folder)) as servers:
        central = servers.centrals[0]
        fill(central.url, central.token, session.city, cases)
        found = _console(session, central.url, central.token, servers.token_file, seconds)
        found["echo_ms"] = _echo(servers.token_file, seconds)
    return {"cases": cases, **found}


def _console(
    session: Session, url: str, token: str, token_file: Path, seconds: float
) -> dict[str, Any]:
    committed: dict[str, float] = {}
    lock = threading.Lock()
    board = Board(session.city)

    def sink(message: Message) -> None:
        if isinstance(message, EventsArrived):
            with lock:
                for event in message.events:
                    committed.setdefault(event.entity_id, event.at.timestamp())
        board.sink(message)

    stream = Stream(Api(url, token, "benchmark", "wall"), sink)
    widget = session.make_map()
    drawn: list[bool] = []
    widget.first_pins_drawn.connect(lambda: drawn.append(True))
    CityMap(board, widget, Texts("zh", session.city.case_word))
    board.start()
    stream.start()
    session.until(lambda: bool(drawn))
    command = [sys.executable, "-m", "benchmarks.mapping.busy", url, str(token_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as busy:
        session.wait(WARM_UP_S)
        page = widget.view.page()
        page.runJavaScript(_WATCH, 0)
        beats = Beats()
        session.wait(seconds * 3)
        beats.stop()
        at: dict[str, float] = ask(session, page, "drawnAt")
        busy.communicate()
    stream.stop()
    board.stop()
    widget.shut_down()
    with lock:
        delays = [t - 1000 * committed[case] for case, t in at.items() if case in committed]
    return {
        "cases_seen": len(delays),
        "commit_to_pixel_ms": spread(delays),
        "gui_stall_ms": spread(beats.stalls),
    }


def _echo(token_file: Path, seconds: float) -> dict[str, float]:
    """One reader of a bare server that sends as many bytes as often."""
    from benchmarks.central import bare, crowd

    with bare(EVENTS_PER_S) as url, crowd([url], 1, token_file) as readers:
        readers.say("mark")
        threading.Event().wait(seconds * 2)
        delays: dict[str, float] = readers.say("report")["delivery_ms"]
    return delays
