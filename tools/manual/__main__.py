"""`python -m tools.manual`: every picture of the manual, into docs/user/images."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

from console.paths import ROOT
from console.replay.file import FOLDER as RECORDINGS
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
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Running as root: the map page's sandbox is off, for these pictures only.")
    with tempfile.TemporaryDirectory() as folder:
        days = _days(Path(folder)) if "training" in wanted.screen else None
        for scene in wanted.scene:
            place = Path(folder, scene)
            place.mkdir()
            with running_scene(scene, place) as centre:
                for mark in wanted.size:
                    _take(centre, scene, mark, days, wanted)
    return 0


def _days(folder: Path) -> Path:
    """The recorded days that training begins with."""
    command = [sys.executable, "-m", "console.feed", "make-day", "--ready"]
    command += ["--data-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return folder / RECORDINGS


def _take(
    centre: Centre, scene: str, mark: str, days: Path | None, wanted: argparse.Namespace
) -> None:
    """All screens of a scene on a display of one size."""
    with virtual_display(*SIZES[mark]) as display:
        for name, lang in product(wanted.screen, wanted.lang):
            begun = time.monotonic()
            words = ["--api", centre.url, "--token-file", str(centre.token_file), "--lang", lang]
            words += ["--role", SCREENS[name].role, "--screen", name, "--seat", "A-07"]
            with tempfile.TemporaryDirectory() as data:
                if name == "training" and days is not None:
                    shutil.copytree(days, Path(data, RECORDINGS))
                with running_program(display, Path(data), *words) as program:
                    SCREENS[name].act(Take(program, scene, lang, wanted.out, mark))
            print(f"{name} {scene} {lang}{mark}: {time.monotonic() - begun:.0f} s", flush=True)


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
