"""The displays of an X11 session, asked of X11 itself: Qt has to know its scale before it can be asked."""

import ctypes
from ctypes import POINTER, c_char_p, c_int, c_ulong, c_void_p
from ctypes.util import find_library
from typing import Any

Size = tuple[str, int, int]
"""Name of the plug, width and height in pixels."""


class _Monitor(ctypes.Structure):
    """`XRRMonitorInfo` as far as the height."""

    _fields_ = (
        ("name", c_ulong),
        *((name, c_int) for name in ("primary", "automatic", "noutput")),
        *((name, c_int) for name in ("x", "y", "width", "height", "mwidth", "mheight")),
        ("outputs", c_void_p),
    )


def sizes() -> list[Size]:
    """Each display, or the whole screen under no name where they are not told apart; none without X11."""
    x11 = _library("X11")
    if x11 is None:
        return []
    x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = (c_char_p,), c_void_p
    x11.XCloseDisplay.argtypes = (c_void_p,)
    display = x11.XOpenDisplay(None)
    if not display:
        return []
    try:
        return _monitors(x11, display) or [_whole(x11, display)]
    finally:
        x11.XCloseDisplay(display)


def _library(name: str) -> Any:
    try:
        return ctypes.CDLL(find_library(name) or f"lib{name}.so")
    except OSError:
        return None


def _whole(x11: Any, display: int) -> Size:
    for ask in (x11.XDisplayWidth, x11.XDisplayHeight):
        ask.argtypes = (c_void_p, c_int)
    return "", int(x11.XDisplayWidth(display, 0)), int(x11.XDisplayHeight(display, 0))


def _monitors(x11: Any, display: int) -> list[Size]:
    """By RandR 1.5, which is older than every supported system; none where it is missing."""
    randr = _library("Xrandr")
    if randr is None:
        return []
    x11.XDefaultRootWindow.argtypes, x11.XDefaultRootWindow.restype = (c_void_p,), c_ulong
    x11.XGetAtomName.argtypes, x11.XGetAtomName.restype = (c_void_p, c_ulong), c_void_p
    x11.XFree.argtypes = (c_void_p,)
    ask = randr.XRRGetMonitors
    ask.argtypes, ask.restype = (c_void_p, c_ulong, c_int, POINTER(c_int)), POINTER(_Monitor)
    randr.XRRFreeMonitors.argtypes = (c_void_p,)
    count = c_int()
    found = ask(display, x11.XDefaultRootWindow(display), 1, ctypes.byref(count))
    if not found:
        return []
    told = [(_name(x11, display, m.name), m.width, m.height) for m in found[: count.value]]
    randr.XRRFreeMonitors(found)
    return told


def _name(x11: Any, display: int, atom: int) -> str:
    words = x11.XGetAtomName(display, atom)
    if not words:
        return ""
    name = ctypes.string_at(words).decode(errors="replace")
    x11.XFree(words)
    return name
