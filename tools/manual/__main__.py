"""`python -m tools.manual`: every picture of the manual, into docs/user/images."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from console.paths import ROOT
from tools.manual.centre import Centre
from tools.manual.display import virtual_display
from tools.manual.program import running_program
from tools.manual.scenes import MOMENTS, running_scene
from tools.manual.takes import SCREENS, Take

SIZES = {"": (1920, 1080), "-4k": (3840, 2160)}
LANGUAGES = ("zh", "en")


def main() -> int:
    """Take what was asked for; 0 when all is there."""
    wanted = _parser().parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    live = [name for name in wanted.screen if name in SCREENS]
    for scene in wanted.scene if live else ():
        with tempfile.TemporaryDirectory() as folder, running_scene(scene, Path(folder)) as centre:
            for mark in wanted.size:
                _take(centre, scene, mark, live, wanted)
    return 0


def _take(
    centre: Centre, scene: str, mark: str, screens: list[str], wanted: argparse.Namespace
) -> None:
    """All screens of a scene on a display of one size."""
    with virtual_display(*SIZES[mark]) as display:
        for name, lang in ((name, lang) for name in screens for lang in wanted.lang):
            begun = time.monotonic()
            words = ["--api", centre.url, "--token-file", str(centre.token_file), "--lang", lang]
            words += ["--role", SCREENS[name].role, "--screen", name, "--seat", "A-07"]
            with (
                tempfile.TemporaryDirectory() as data,
                running_program(display, Path(data), *words) as program,
            ):
                SCREENS[name].act(Take(program, scene, lang, wanted.out, mark))
            print(f"{name} {scene} {lang}{mark}: {time.monotonic() - begun:.0f} s", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.manual", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "user" / "images")
    every = {"nargs": "+"}
    parser.add_argument("--screen", **every, choices=list(SCREENS), default=list(SCREENS))
    parser.add_argument("--scene", **every, choices=list(MOMENTS), default=list(MOMENTS))
    parser.add_argument("--lang", **every, choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--size", **every, choices=list(SIZES), default=list(SIZES))
    return parser


if __name__ == "__main__":
    sys.exit(main())
