"""A bare pyqtgraph plot in the console's looks; the library is loaded when the first one is made."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.theme import tokens
from console.theme.fonts import ui_font

_AXIS_WIDTH = 50
_AXIS_HEIGHT = 24


def make_plot(pixels: int = tokens.FONT_LEAST, parent: QWidget | None = None) -> Any:
    """A pyqtgraph `PlotWidget` without menus, buttons, zoom or grey; `pixels` is the axes' type."""
    # Not before the first plot: loading it would delay the first pins on the map.
    import pyqtgraph as pg

    pg.setConfigOptions(antialias=True)
    plot = pg.PlotWidget(parent, background=tokens.PANEL)
    item = plot.getPlotItem()
    item.setMenuEnabled(False)
    item.hideButtons()
    item.getViewBox().setDefaultPadding(0)
    item.setContentsMargins(0, 2, 10, 0)
    plot.setMouseEnabled(x=False, y=False)
    plot.setFrameShape(plot.Shape.NoFrame)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    font = ui_font(pixels, figures=True)
    for name in ("left", "bottom"):
        axis = item.getAxis(name)
        axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=6, autoExpandTextSpace=False)
        axis.setPen(pg.mkPen(tokens.LINE))
        axis.setTextPen(pg.mkPen(tokens.SECOND))
    item.getAxis("left").setWidth(_AXIS_WIDTH * pixels // tokens.FONT_LEAST)
    item.getAxis("bottom").setHeight(_AXIS_HEIGHT * pixels // tokens.FONT_LEAST)
    return plot


def pen(colour: str, width: float = 1.0, *, dashed: bool = False) -> Any:
    """A pen for plots."""
    import pyqtgraph as pg

    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    return pg.mkPen(colour, width=width, style=style)
