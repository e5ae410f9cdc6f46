"""Displays that can be plugged in and out: parts of one virtual screen, by RandR 1.5."""

import ctypes
from ctypes import POINTER, c_char_p, c_int, c_ulong, c_void_p
from ctypes.util import find_library


class _Monitor(ctypes.Structure):
    """`XRRMonitorInfo`."""

    _fields_ = (
        ("name", c_ulong),
        *((name, c_int) for name in ("primary", "automatic", "noutput")),
        *((name, c_int) for name in ("x", "y", "width", "height", "mwidth", "mheight")),
        ("outputs", POINTER(c_ulong)),
    )


class _Resources(ctypes.Structure):
    """`XRRScreenResources` as far as its outputs."""

    _fields_ = (
        ("timestamp", c_ulong),
        ("config_timestamp", c_ulong),
        ("ncrtc", c_int),
        ("crtcs", POINTER(c_ulong)),
        ("noutput", c_int),
        ("outputs", POINTER(c_ulong)),
    )


def available() -> bool:
    """Whether the libraries are there."""
    return bool(find_library("X11") and find_library("Xrandr"))


class Monitors:
    """Holds a connection to the X server for as long as it lives: a server without one forgets everything."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(find_library("X11"))
        self._randr = ctypes.CDLL(find_library("Xrandr"))
        self._declare()
        self._display = self._x.XOpenDisplay(display.encode())
        assert self._display, f"no X server at {display}"
        self._root = self._x.XDefaultRootWindow(self._display)

    def _declare(self) -> None:
        x, randr = self._x, self._randr
        x.XOpenDisplay.argtypes, x.XOpenDisplay.restype = (c_char_p,), c_void_p
        x.XDefaultRootWindow.argtypes, x.XDefaultRootWindow.restype = (c_void_p,), c_ulong
        x.XInternAtom.argtypes, x.XInternAtom.restype = (c_void_p, c_char_p, c_int), c_ulong
        x.XSync.argtypes, x.XCloseDisplay.argtypes = (c_void_p, c_int), (c_void_p,)
        allocate, resources = randr.XRRAllocateMonitor, randr.XRRGetScreenResources
        allocate.argtypes, allocate.restype = (c_void_p, c_int), POINTER(_Monitor)
        resources.argtypes, resources.restype = (c_void_p, c_ulong), POINTER(_Resources)
        randr.XRRSetMonitor.argtypes = (c_void_p, c_ulong, POINTER(_Monitor))
        randr.XRRDeleteMonitor.argtypes = (c_void_p, c_ulong, c_ulong)

    def plug(self, name: str, x: int, width: int, height: int, *, first: bool = False) -> None:
        """A display of so many pixels, its left edge at x; the `first` takes the place of the whole screen."""
        made = self._randr.XRRAllocateMonitor(self._display, int(first))
        info = made.contents
        info.name = self._atom(name)
        info.primary = int(first)
        info.x, info.y, info.width, info.height = x, 0, width, height
        info.mwidth, info.mheight = 508, 286
        if first:
            info.outputs[0] = self._randr.XRRGetScreenResources(
                self._display, self._root
            ).contents.outputs[0]
        self._randr.XRRSetMonitor(self._display, self._root, made)
        self._x.XSync(self._display, 0)

    def unplug(self, name: str) -> None:
        """The display is gone."""
        self._randr.XRRDeleteMonitor(self._display, self._root, self._atom(name))
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        """Let the server go."""
        self._x.XCloseDisplay(self._display)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))
