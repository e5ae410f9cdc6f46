"""The command line of a replay: `python -m console.replay run FILE` plays a scenario and judges it."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from console.field.geometry import load_geometry
from console.geo.cities import default_city
from console.geo.city import load_city
from console.geo.problem import PackError
from console.paths import cache_dir, data_dir
from console.replay.branch import World
from console.replay.expectation import Played, Verdict
from console.replay.headless import Policy, play, verdicts
from console.replay.problem import RecordingProblem
from console.replay.scenario import Scenario, read_scenario

MET, MISSED, BAD_FILE = 0, 1, 2
"""Exit codes: all expectations met, one was not, the file or the city pack cannot be used."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play a scenario; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        city = load_city(options.city)
        scenario = read_scenario(options.file, city)
        geometry = load_geometry(options.city, city, options.cache_dir or cache_dir(data_dir()))
    except (PackError, RecordingProblem) as problem:
        print(f"{problem.text('zh')}\n{problem.text('en')}", file=sys.stderr)
        return BAD_FILE
    world = World(city=city, locate=geometry.locate, point_in_grid=geometry.point_in_grid)
    played = play(scenario, Policy(options.policy), world)
    found = verdicts(scenario, played)
    if options.json:
        print(json.dumps(_report(scenario, options.policy, played, found), ensure_ascii=False))
    else:
        print(_text(scenario, played, found, city.tz))
    return MET if all(verdict.met for verdict in found) else MISSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m console.replay",
        description="Plays a scenario without a screen. Exits with 0 when all its expectations "
        "are met, with 1 when one is not, with 2 when the file cannot be used.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="play a scenario", allow_abbrev=False)
    run.add_argument("file", type=Path, help="a .batonscenario file")
    run.add_argument("--city", type=Path, default=default_city(), help="folder of a city pack")
    run.add_argument("--cache-dir", type=Path, help="where compiled boundaries are kept")
    run.add_argument(
        "--policy",
        choices=[policy.value for policy in Policy],
        default=Policy.HISTORY.value,
        help="who decides: as recorded, nobody, or the first receiver of each ranking",
    )
    run.add_argument("--json", action="store_true", help="print JSON for a program")
    return parser


def _bounds(verdict: Verdict) -> str:
    wanted = verdict.expectation
    low = "" if wanted.at_least is None else f"≥ {wanted.at_least}"
    high = "" if wanted.at_most is None else f"≤ {wanted.at_most}"
    return " ".join(bound for bound in (low, high) if bound)


def _text(scenario: Scenario, played: Played, found: Sequence[Verdict], tz: ZoneInfo) -> str:
    """For people: times are the city's."""
    about, figures = scenario.recording.about, played.figures
    begins, ends = about.begins.astimezone(tz), about.ends.astimezone(tz)
    wait = figures.longest_wait
    lines = [
        f"{scenario.title}  {begins:%Y-%m-%d %H:%M:%S} – {ends:%Y-%m-%d %H:%M:%S}",
        f"calls {figures.calls}, dispatched {figures.dispatched}, waiting {figures.waiting}, returns {figures.returns}, "
        f"events {played.events}",
        f"answered in 30 minutes {figures.response.text} "
        f"({len(figures.response.numerator)}/{len(figures.response.denominator)})",
        f"longest wait {'–' if wait is None else f'{wait.lasted} ({wait.case})'}",
        f"about {figures.metres / 1000:.1f} km",
    ]
    for verdict in found:
        mark = "met   " if verdict.met else "MISSED"
        lines.append(f"{mark} {verdict.expectation.figure} {_bounds(verdict)}: {verdict.text}")
    return "\n".join(lines)


def _report(
    scenario: Scenario, policy: str, played: Played, found: Sequence[Verdict]
) -> dict[str, object]:
    figures = played.figures
    wait = figures.longest_wait
    return {
        "title": scenario.title,
        "policy": policy,
        "calls": figures.calls,
        "dispatched": figures.dispatched,
        "waiting": figures.waiting,
        "returns": figures.returns,
        "events": played.events,
        "kilometres": round(figures.metres / 1000, 3),
        "longest_wait_min": None if wait is None else round(wait.lasted.total_seconds() / 60, 2),
        "response": {
            "numerator": len(figures.response.numerator),
            "denominator": len(figures.response.denominator),
        },
        "expectations": [
            {
                "figure": verdict.expectation.figure,
                "at_least": verdict.expectation.at_least,
                "at_most": verdict.expectation.at_most,
                "value": None if verdict.value is None else verdict.text,
                "met": verdict.met,
            }
            for verdict in found
        ],
    }
