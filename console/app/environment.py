"""What must be decided before Qt starts: platform, rendering back end, scale, sandbox."""

import os
import sys
from pathlib import Path

from console.app import x11_displays
from console.app.addresses import on_loopback, way_to
from console.app.problems import StartProblem
from console.live.door import Way
from console.settings import Settings

_FOUR_K = 3840, 2160
_DOUBLED = {"QT_SCALE_FACTOR": "2"}
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
    for name, scale in _scales(settings).items():
        os.environ.setdefault(name, scale)
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


def _scales(settings: Settings) -> dict[str, str]:
    """Twice the size on a 4K picture or display; other platforms than X11 scale by themselves.

    Each display has its own scale: a wall of 4K beside a desk of half as many pixels, or two such
    desks side by side, are no reason to double the desk.
    """
    if settings.shot is not None:
        return _DOUBLED if _is_4k(settings.shot.width, settings.shot.height) else {}
    if settings.unattended or sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return {}
    displays = x11_displays.sizes()
    large = [name for name, *size in displays if _is_4k(*size)]
    if not large:
        return {}
    if len(large) == len(displays):
        return _DOUBLED
    return {"QT_SCREEN_SCALE_FACTORS": ";".join(f"{name}=2" for name in large)}


def _is_4k(width: int, height: int) -> bool:
    """Also upright; a very wide display of few lines is none."""
    return max(width, height) >= _FOUR_K[0] and min(width, height) >= _FOUR_K[1]
