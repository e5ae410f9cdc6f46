"""The buttons over the map's left top corner: what to draw an area with."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.views.stage import Stage

TOOLS = ("circle", "polygon", "lasso")


class DrawTools(QWidget):
    """One button a tool, at most one of them out; and the surroundings of the chosen case."""

    wanted = Signal(object)
    """The tool to take out, None to put it down."""
    case_wanted = Signal()

    def __init__(self, stage: Stage, over: QWidget) -> None:
        """No tool is out."""
        super().__init__(over)
        self.setObjectName("incident-tools")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stage = stage
        self.out: str | None = None
        """The tool that is out."""
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(6)
        for tool in (*TOOLS, "case"):
            self.buttons[tool] = self._button(tool)
            row.addWidget(self.buttons[tool])
        stage.selection.changed.connect(self.allow)
        self.allow()
        self.adjustSize()

    def _button(self, tool: str) -> QPushButton:
        button = QPushButton(self._stage.texts(f"incident.tool.{tool}"))
        button.setObjectName(f"incident-{tool}")
        if tool in TOOLS:
            button.setCheckable(True)
            button.clicked.connect(lambda: self.take(tool))
        else:
            button.clicked.connect(self.case_wanted)
        return button

    def take(self, tool: str) -> None:
        """Take a tool out, or put it down when it is out already."""
        self._show(None if tool == self.out else tool)
        self.wanted.emit(self.out)

    def put_down(self) -> None:
        """The drawing is over."""
        self._show(None)

    def _show(self, tool: str | None) -> None:
        self.out = tool
        for name in TOOLS:
            self.buttons[name].setChecked(name == tool)

    def allow(self, _: object = None) -> None:
        """Say what this role may do, and whether the chosen case has a place."""
        reason = self._stage.why_not("start_incident")
        case = self._stage.board.picture.cases.get(self._stage.selection.case or "")
        placed = case is not None and case.position is not None
        for tool, button in self.buttons.items():
            button.setEnabled(reason is None and (placed or tool != "case"))
            button.setToolTip(reason or self._stage.texts(f"incident.tool_hint.{tool}"))
