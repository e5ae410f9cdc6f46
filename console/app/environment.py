"""What must be decided before Qt starts: platform, rendering back end, scale, sandbox."""

import ctypes
import ctypes.util
import os
import sys
from pathlib import Path

from console.app.addresses import on_loopback, way_to
from console.app.problems import StartProblem
from console.live.door import Way
from console.settings import Settings

_FOUR_K = 3840
_FORBIDDEN_FLAGS = ("--disable-web-security", "--remote-debugging-port", "--no-sandbox")


def prepare(settings: Settings, *, production: bool) -> list[str]:
    """Set Qt's environment; returns notices to be said aloud. Raises `StartProblem` where it is unsafe."""
    _refuse_unsafe(settings, production=production)
    notices: list[str] = []
    if way_to(settings.api, own_ca=False) is Way.OPEN:
        notices.append(
            "与中心的连接没有加密（--insecure-http）：密码和指令可能被看到、改动。仅限测试。"
            " / The way to the centre is not encrypted (--insecure-http): passwords and orders "
            "can be read and changed. For tests only."
        )
    if settings.shot is not None or settings.unattended:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not _has_gpu():
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    scale = _scale(settings)
    if scale != 1:
        os.environ.setdefault("QT_SCALE_FACTOR", str(scale))
    if _is_root():
        if production or not _on_loopback(settings):
            raise StartProblem(
                "不能以 root 身份连接正式中心：浏览器沙箱在 root 下无法使用。请换普通用户。",
                "Refusing to run as root against a production centre: the browser sandbox does not "
                "work for root. Start it as an ordinary user.",
            )
        os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        notices.append(
            "以 root 运行：地图页面的沙箱已关闭，仅限演示和测试。"
            " / Running as root: the map page's sandbox is off, for demo and tests only."
        )
    return notices


def _refuse_unsafe(settings: Settings, *, production: bool) -> None:
    if not production and _on_loopback(settings):
        return
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    unsafe = [flag for flag in _FORBIDDEN_FLAGS if flag in flags]
    unsafe += [n for n in ("QTWEBENGINE_REMOTE_DEBUGGING",) if os.environ.get(n)]
    if os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") == "1":
        unsafe.append("QTWEBENGINE_DISABLE_SANDBOX")
    if unsafe:
        names = ", ".join(unsafe)
        raise StartProblem(
            f"环境变量会削弱浏览器安全（{names}），不能连接正式中心。请去掉后重试。",
            f"The environment weakens the browser ({names}); refused for a production centre. "
            "Remove it and try again.",
        )


def _on_loopback(settings: Settings) -> bool:
    return all(on_loopback(address) for address in settings.api)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _has_gpu() -> bool:
    """On Linux a render node; elsewhere the system's own choice is right."""
    return sys.platform != "linux" or any(Path("/dev/dri").glob("renderD*"))


def _scale(settings: Settings) -> int:
    """2 on a 4K picture or an X11 screen that wide; other platforms scale by themselves."""
    if settings.shot is not None:
        return 2 if settings.shot.width >= _FOUR_K else 1
    if settings.unattended or sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return 1
    return 2 if _x11_width() >= _FOUR_K else 1


def _x11_width() -> int:
    """The screen's width in pixels asked of X11 itself, 0 when it does not answer."""
    name = ctypes.util.find_library("X11") or "libX11.so.6"
    try:
        x11 = ctypes.CDLL(name)
    except OSError:
        return 0
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return 0
    x11.XDisplayWidth.argtypes = [ctypes.c_void_p, ctypes.c_int]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    width = int(x11.XDisplayWidth(display, 0))
    x11.XCloseDisplay(display)
    return width
