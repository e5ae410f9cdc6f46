"""`python -m tools.manual`: every picture of the manual, into docs/user/images."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from console.paths import ROOT
from console.replay.file import FOLDER as RECORDINGS
from console.settings import PreferencesFile, WallChoice
from tools.manual.centre import Centre
from tools.manual.display import Display, virtual_display
from tools.manual.program import NotThere, Program, running_program
from tools.manual.scenes import MOMENTS, running_scene
from tools.manual.takes import SCREENS, Take

SIZES = {"1080p": (1920, 1080, ""), "4k": (3840, 2160, "-4k")}
"""Width, height, and what the file's name ends with."""
LANGUAGES = ("zh", "en")
WALL_M = 2.3
"""A virtual 4K display says that it has 46 inches: from so near its type is that of 98 inches from five metres."""


def main() -> int:
    """Take what was asked for; 0 when all is there."""
    wanted = _parser().parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Running as root: the map page's sandbox is off, for these pictures only.")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        days = _days(Path(folder)) if "training" in wanted.screen else None
        for scene in wanted.scene:
            place = Path(folder, scene)
            place.mkdir()
            with running_scene(scene, place) as centre:
                for size in wanted.size:
                    failed += _take(centre, scene, size, days, wanted)
    return 1 if failed else 0


def _days(folder: Path) -> Path:
    """The recorded days that training begins with."""
    command = [sys.executable, "-m", "console.feed", "make-day", "--ready"]
    command += ["--data-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return folder / RECORDINGS


def _take(
    centre: Centre, scene: str, size: str, days: Path | None, wanted: argparse.Namespace
) -> int:
    """All screens of a scene on a display of one size; how many failed."""
    width, height, mark = SIZES[size]
    failed = 0
    with virtual_display(width, height) as display:
        for name, lang in product(wanted.screen, wanted.lang):
            begun = time.monotonic()
            try:
                with _console(display, centre, name, lang, days) as program:
                    SCREENS[name].act(Take(program, centre, scene, lang, wanted.out, mark))
                how = f"{time.monotonic() - begun:.0f} s"
            except NotThere as error:
                how = f"FAILED: {error}"
                failed += 1
            print(f"{name} {scene} {lang} {size}: {how}", flush=True)
    return failed


@contextmanager
def _console(
    display: Display, centre: Centre, screen: str, lang: str, days: Path | None
) -> Iterator[Program]:
    """A console that has never been used before, and for a training the days to train on."""
    words = ["--api", centre.url, "--lang", lang, "--seat", "A-07"]
    if not SCREENS[screen].by_login:
        words += ["--token-file", str(centre.token_file)]
        words += ["--role", SCREENS[screen].role, "--screen", screen]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        if screen == "training" and days is not None:
            shutil.copytree(days, data / RECORDINGS)
        if screen == "wall":
            PreferencesFile(data).save(wall_choices={"": WallChoice(distance_m=WALL_M)})
        with running_program(display, data, *words) as program:
            yield program


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.manual", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "user" / "images")
    parser.add_argument("--screen", nargs="+", choices=list(SCREENS), default=list(SCREENS))
    parser.add_argument("--scene", nargs="+", choices=list(MOMENTS), default=list(MOMENTS))
    parser.add_argument("--lang", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=list(SIZES))
    return parser


if __name__ == "__main__":
    sys.exit(main())
