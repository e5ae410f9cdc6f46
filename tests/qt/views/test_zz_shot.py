import os
from PySide6.QtWidgets import QApplication
from console.theme.qss import dress
from console.live.tasks import Tasks
from console.views.training.scenario_dialog import ScenarioDialog
from tests.qt.views.training_room import at, furnish


def test_shot(qtbot, tmp_path, monkeypatch):
    dress(QApplication.instance())
    tasks = Tasks()
    room = furnish(qtbot, tmp_path, monkeypatch, tasks)
    page = room.open()
    room.go_to(9)
    page.save_scenario()
    d = page.findChild(ScenarioDialog)
    d._response.setValue(90); d._wait.setValue(45); d._returns.setValue(3)
    d._title.setText("x")
    qtbot.wait(50)
    d.grab().save("/tmp/s/mendC/dialog.png")
    d.close()
    room.screen.leave()
    if os.environ.get("SHOT_CMP"):
        page = room.open(); room.go_to(9); page.take_over()
        page.scene.link.branch.run_until(at(11)); page.compare()
        qtbot.waitUntil(lambda: page.comparing._found is not None)
        page.comparing.resize(1900, 900); qtbot.wait(50)
        page.comparing.grab().save("/tmp/s/mendC/cmp.png")
    room.screen.shut_down()
    tasks.stop()
