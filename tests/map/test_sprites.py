"""Pictures that are drawn once: one inside another, and how many are kept."""

from pytestqt.qtbot import QtBot

from console.map.widget import MapWidget
from tests.map.page import ask

NESTED = """(() => { const s = window.baton.app.sprites;
const fill = (colour) => (c) => { c.fillStyle = colour; c.fillRect(-50, -50, 100, 100); };
const outer = s.get(1, 'test outer', 20, 20, (c) => {
  fill('#ff0000')(c);
  const inner = s.get(1, 'test inner', 4, 4, fill('#00ff00'));
  c.drawImage(inner.canvas, -2, -2);
});
const after = s.get(1, 'test after', 6, 2, (c) => c.fillRect(-1, -1, 1, 1));
const pixels = ({ canvas }) => { const o = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  o.drawImage(canvas, 0, 0); return o.getImageData(0, 0, canvas.width, canvas.height).data; };
const at = (data, width, x, y) => [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 4)];
return { corner: at(pixels(outer), 20, 0, 0), middle: at(pixels(outer), 20, 10, 10),
  size: [after.canvas.width, after.canvas.height], black: at(pixels(after), 6, 2, 0),
  empty: at(pixels(after), 6, 5, 1) }; })()"""
LARGE = """(() => { const s = window.baton.app.sprites; s.clear();
for (let i = 0; i < 300; i += 1) s.get(1, `test large ${i}`, 640, 360, () => {});
const { _new, _older } = s._kept;
const all = [..._new.values(), ..._older.values()];
return [all.length, _new.has('test large 299'), _new.has('test large 0') || _older.has('test large 0'),
  all.reduce((sum, { canvas }) => sum + canvas.width * canvas.height, 0)]; })()"""
TWO_SCREENS_AND_ONE = 2 * 3840 * 2160 + 640 * 360


def test_a_picture_in_a_picture_and_one_after_it(qtbot: QtBot, map_widget: MapWidget) -> None:
    """The context is used again: nothing of one picture may stay for the next."""
    found = ask(qtbot, map_widget, NESTED)
    assert found["corner"] == [255, 0, 0, 255]
    assert found["middle"] == [0, 255, 0, 255]
    assert found["size"] == [6, 2]
    assert found["black"] == [0, 0, 0, 255]
    assert found["empty"] == [0, 0, 0, 0]


def test_large_pictures_are_kept_in_bounds(qtbot: QtBot, map_widget: MapWidget) -> None:
    kept, newest, oldest, pixels = ask(qtbot, map_widget, LARGE)
    assert newest
    assert not oldest
    assert 30 < kept < 80
    assert pixels <= TWO_SCREENS_AND_ONE
