"""Lets a map flash with everything else on the seat, or stand as still."""

from console.live.flash import Flash
from console.map.widget import MapWidget


def follow_flash(widget: MapWidget, flash: Flash) -> None:
    """From now on, until the widget is deleted."""
    widget.set_flashing(flash.moving)
    flash.moving_changed.connect(widget.set_flashing)
