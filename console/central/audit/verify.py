"""`verify`: the whole log and what hangs on it recomputed, against the checkpoints kept outside."""

import argparse
import json
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from console.central.audit import trail
from console.central.audit.chain import walk
from console.central.audit.entities import wrong_rows, wrongly_shown
from console.central.audit.findings import Finding, Report
from console.central.audit.rights import wrong_people
from console.central.audit.trail import Trail
from console.central.ledger import read_head
from console.central.pack import read_city
from console.central.place import add_place, attached, checkpoints_of
from console.domain.event import EntityKind, Event
from console.store.picture import Picture

log = logging.getLogger(__name__)

MOST = 20
"""Findings of one kind that are told at most: what follows the first is mostly its consequence."""

TELL_EVERY_S = 5.0

_WITHOUT_ZONE = (EntityKind.CASE, EntityKind.ASSIGNMENT, EntityKind.WORKER)
_WITH_ZONE = (EntityKind.INCIDENT, EntityKind.TURN, EntityKind.HANDOVER)


class _Followed:
    """The picture along the log, until an event cannot be applied; tells how far it is."""

    def __init__(self, tz: ZoneInfo, last: int) -> None:
        self.picture = Picture(tz=tz)
        self.stuck: Finding | None = None
        self._last = last
        self._told = time.monotonic()

    def take(self, event: Event) -> None:
        if self.stuck is None:
            try:
                self.picture.apply([event])
            except Exception as error:  # a rebuilt log may hold anything; the chain is walked on
                self.stuck = Finding("unfollowed", event.rev, str(error))
        if time.monotonic() - self._told > TELL_EVERY_S:
            self._told = time.monotonic()
            print(f"{event.rev:,} / {self._last:,}", file=sys.stderr, flush=True)


def verify(connection: Connection, kept: Trail | None, tz: ZoneInfo | None = None) -> Report:
    """Check everything in one read transaction, in bounded memory.

    Without `kept` a log rebuilt as a whole is not found, without `tz` (the city's) not whether ended
    incidents, turns and handovers are still shown; `unchecked` says so.
    """
    told = None if kept is None else trail.read_through(kept)
    followed = _Followed(tz or ZoneInfo("UTC"), _last_rev(connection))
    end, broken = walk(connection, followed.take)
    report = Report(rev=end.rev, epoch=end.epoch)
    report.findings += filter(None, (broken, followed.stuck))
    report.findings += _some(wrong_rows(connection), end.rev)
    report.findings += _some(wrong_people(connection), end.rev)
    if report.good:
        kinds = _WITHOUT_ZONE if tz is None else (*_WITHOUT_ZONE, *_WITH_ZONE)
        report.findings += _some(wrongly_shown(connection, followed.picture, kinds), end.rev)
    if tz is None:
        report.unchecked.append("in-picture of incidents, turns and handovers: no --city")
    if kept is None or told is None:
        report.unchecked.append("a log rebuilt as a whole: no --checkpoints")
    else:
        trail.check(connection, kept, told, report)
    return report


def _last_rev(connection: Connection) -> int:
    try:
        return read_head(connection).rev
    except Exception:  # the walk will say what is wrong with it
        return 0


def _some(findings: Iterator[Finding], rev: int) -> Iterable[Finding]:
    """The first few; a row that cannot even be read is a finding too."""
    try:
        for _, finding in zip(range(MOST), findings, strict=False):
            yield finding
    except (DBAPIError, ValueError, TypeError, AttributeError) as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        yield Finding("entity", rev, str(error))


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "verify",
        description="Recompute the log's chain and rows; exit code 0 when whole, 1 when not, 2 when "
        "it could not be read.",
        allow_abbrev=False,
    )
    add_place(parser, checkpoints=True)
    parser.add_argument(
        "--public-key",
        type=Path,
        action="append",
        default=[],
        help="PEM of a key that must have signed; without any those in the folder are trusted",
    )
    parser.add_argument("--city", type=Path, help="folder of the city pack, for its time zone")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify, tell a person on standard error and a program on standard output."""
    database = attached(options)
    kept = None
    if options.checkpoints is not None or options.data_dir is not None:
        kept = Trail.of(checkpoints_of(options), options.public_key)
    tz = None
    if options.city is not None:
        tz = read_city(options.city).tz
    try:
        with database.reading() as connection:
            report = verify(connection, kept, tz)
    except DBAPIError as error:
        raise database.store.failure(error) from error
    database.close(clean=False)
    _tell(report, trusted_folder=kept is not None and not options.public_key)
    return 0 if report.good else 1


def _tell(report: Report, *, trusted_folder: bool) -> None:
    told = asdict(report) | {
        "good": report.good,
        "findings": [asdict(f) | {"zh": f.zh, "en": f.en} for f in report.findings],
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)
    for line in _lines(report, trusted_folder):
        print(line, file=sys.stderr)


def _lines(report: Report, trusted_folder: bool) -> Iterator[str]:
    for finding in report.findings:
        yield f"✗ {finding.zh}"
        yield f"✗ {finding.en}"
    for lost in report.lost:
        yield f"! 已声明的恢复丢掉了 epoch {lost.epoch} 的 rev {lost.first}–{lost.last}"
        yield f"! a declared restore gave up rev {lost.first}-{lost.last} of epoch {lost.epoch}"
    for unchecked in report.unchecked:
        yield f"? 未检查 / not checked: {unchecked}"
    if trusted_folder:
        yield "? 公钥取自检查点目录；请用 --public-key 指定另存的公钥"
        yield "? the public keys were taken from the folder itself: give those kept elsewhere by --public-key"
    verdict = ("✓ 完好", "✓ whole") if report.good else ("✗ 不完好", "✗ NOT whole")
    behind = f"epoch {report.epoch}, rev {report.rev}, checkpoint {report.covered}"
    yield from (f"{word}: {behind}" for word in verdict)
