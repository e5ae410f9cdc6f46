"""Judges a history against the final log: every broken promise of PROTOCOL.md is told as a lie.

It shares nothing with the product but the words of the wire: the chain is computed here anew.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import rfc8785

from tests.faults.evidence import Evidence, Raw

UNSTORED = frozenset({400, 403, 413})
"""Refusals before the command was looked at: the centre keeps no answer for them."""

Rule = Callable[[Evidence], Iterator[str]]


def check(evidence: Evidence) -> tuple[str, ...]:
    """Every lie, each with the name of the rule it breaks; none in a good history."""
    return tuple(f"{rule.__name__}: {text}" for rule in RULES for text in rule(evidence))


def check_dense(events: Sequence[Raw]) -> tuple[str, ...]:
    """The first rule alone, for a log that may yet grow."""
    return tuple(f"dense: {text}" for text in dense(Evidence((), events)))


def dense(evidence: Evidence) -> Iterator[str]:
    """Revs are 1, 2, 3 …, of one epoch, and the log's time never goes back."""
    for place, event in enumerate(evidence.events, start=1):
        if event["rev"] != place:
            yield f"rev {event['rev']} stands at place {place}"
            return
    for one, two in pairwise(evidence.events):
        if two["epoch"] != one["epoch"]:
            yield f"the epoch changes at rev {two['rev']}"
        if _moment(two["at"]) < _moment(one["at"]):
            yield f"time goes back at rev {two['rev']}"


def _moment(text: str) -> str:
    """RFC 3339 in UTC, made as long as any so that text order is time order."""
    whole, _, part = text.rstrip("Z").partition(".")
    return f"{whole}.{part:0<6}"


def chain(evidence: Evidence) -> Iterator[str]:
    """Every event's hash is right and follows the one before."""
    before = ""
    for event in evidence.events:
        if event["prev_hash"] != before:
            yield f"rev {event['rev']} does not follow the hash before it"
        body = {k: v for k, v in event.items() if k not in ("prev_hash", "hash")}
        right = hashlib.sha256(event["prev_hash"].encode() + rfc8785.dumps(body)).hexdigest()
        if event["hash"] != right:
            yield f"rev {event['rev']} has a wrong hash"
        before = event["hash"]


def versions(evidence: Evidence) -> Iterator[str]:
    """An entity's version is the rev of its last change."""
    for event in evidence.events:
        if event["entity_version"] != event["rev"]:
            yield f"rev {event['rev']} gives {event['entity']} version {event['entity_version']}"


def acknowledged(evidence: Evidence) -> Iterator[str]:
    """Whatever was acknowledged is in the log exactly once, at the revs that were answered, for good."""
    for key, entries in evidence.by_key.items():
        answers = {(e.first_rev, e.rev) for e in entries if e.ok}
        if len(answers) > 1:
            yield f"{key} was answered with different revs: {sorted(answers, key=str)}"
        if sum(e.status == 201 for e in entries) > 1:
            yield f"{key} was committed more than once by its answers"
        for first, last in answers:
            revs = [event["rev"] for event in evidence.events_of.get(key, ())]
            if first is None or last is None or revs != list(range(first, last + 1)):
                yield f"{key} was acknowledged with {first}-{last}, the log has it at {revs}"


def refused(evidence: Evidence) -> Iterator[str]:
    """What was refused left no event, and was not acknowledged as well."""
    for key, entries in evidence.by_key.items():
        bodies = {str(sorted(e.envelope.items(), key=str)) for e in entries}
        for entry in entries:
            if not entry.failed:
                continue
            if entry.problem == "key-reused":
                if len(bodies) < 2:
                    yield f"{key} is said to be used for another command, nobody did that"
            elif any(e.ok for e in entries):
                yield f"{key} was both refused ({entry.status} {entry.problem}) and acknowledged"
            elif evidence.events_of.get(key):
                yield f"{key} was refused ({entry.status} {entry.problem}) and is in the log"


def once(evidence: Evidence) -> Iterator[str]:
    """A key's events stand together, and none of them twice; of an intention's keys one is committed."""
    for key, events in evidence.events_of.items():
        revs = [event["rev"] for event in events]
        if revs != list(range(revs[0], revs[0] + len(revs))):
            yield f"{key} was committed in pieces: {revs}"
        kinds = [(event["type"], event["entity"]) for event in events]
        if len(kinds) != len(set(kinds)):
            yield f"{key} was done twice: {revs}"
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in evidence.entries:
        if evidence.events_of.get(entry.key):
            keys[entry.intention].add(entry.key)
    for intention, committed in keys.items():
        if len(committed) > 1:
            yield f"one intention was committed {len(committed)} times: {intention}"


def nobody_sent(evidence: Evidence) -> Iterator[str]:
    """Nothing is in the log that nobody sent: neither a key, nor a seat, nor what it is about."""
    sent = evidence.sent if evidence.sent is not None else frozenset(evidence.by_key)
    for key, events in evidence.events_of.items():
        if key not in sent:
            yield f"{key} is in the log, nobody sent it"
            continue
        for entry in evidence.by_key.get(key, ())[:1]:
            seats = {event["actor"] for event in events}
            if seats != {entry.seat}:
                yield f"{key} of {entry.seat} is in the log as of {seats}"
            about = {str(value) for value in entry.envelope["body"].values()}
            if about.isdisjoint(event["entity"].partition(":")[2] for event in events):
                yield f"{key} is in the log about something else"


def expectations(evidence: Evidence) -> Iterator[str]:
    """Who committed with an expectation saw the version right before: linearizable, entity by entity."""
    for key, events in evidence.events_of.items():
        for entry in evidence.by_key.get(key, ())[:1]:
            for entity, wanted in entry.envelope.get("expect", {}).items():
                before = _version_before(evidence, entity, events[0]["rev"])
                after = wanted["after"] if isinstance(wanted, Mapping) else None
                fits = (
                    evidence.key_at.get(before) == after if after is not None else before == wanted
                )
                if not fits:
                    yield f"{key} expected {entity} at {wanted}, it was at {before}"


def _version_before(evidence: Evidence, entity: str, rev: int) -> int:
    return max((v for v in evidence.versions_of.get(entity, ()) if v < rev), default=0)


def real_time(evidence: Evidence) -> Iterator[str]:
    """What was acknowledged before another command was sent stands before it in the log."""
    acks = sorted((e.ended, e.rev) for e in evidence.entries if e.ok and e.ended and e.rev)
    firsts = sorted(
        (min(e.invoked for e in entries), evidence.events_of[key][0]["rev"], key)
        for key, entries in evidence.by_key.items()
        if evidence.events_of.get(key)
    )
    newest = at = 0
    for invoked, rev, key in firsts:
        while at < len(acks) and acks[at][0] < invoked:
            newest = max(newest, acks[at][1])
            at += 1
        if rev <= newest:
            yield f"{key} stands at rev {rev}, before {newest} which was acknowledged before it was sent"


def stale_refusals(evidence: Evidence) -> Iterator[str]:
    """A 412 tells versions that truly were, none older than what had been acknowledged before the question."""
    acked = _acked_versions(evidence)
    sent_at = {key: min(e.invoked for e in entries) for key, entries in evidence.by_key.items()}
    for entry in evidence.entries:
        if not entry.failed or entry.status != 412:
            continue
        for entity, told in entry.current.items():
            if told and told not in evidence.versions_of.get(entity, ()):
                yield f"{entry.key} was told {entity} is at {told}, it never was"
            old = [v for ended, v in acked[entity] if ended < sent_at[entry.key] and v > told]
            if old:
                yield f"{entry.key} was told {entity} is at {told}, it was at {max(old)} already"
        wanted = entry.envelope.get("expect", {})
        if all(wanted.get(entity) == told for entity, told in entry.current.items()):
            yield f"{entry.key} was refused for versions that are those it expected"


def _acked_versions(evidence: Evidence) -> Mapping[str, list[tuple[float, int]]]:
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for key, entries in evidence.by_key.items():
        ended = [e.ended for e in entries if e.ok and e.ended is not None]
        if ended:
            for event in evidence.events_of.get(key, ()):
                found[event["entity"]].append((min(ended), event["rev"]))
    return found


def statuses(evidence: Evidence) -> Iterator[str]:
    """The status question is answered as the commands were, and as the log says."""
    if evidence.statuses is None:
        return
    for key, entries in evidence.by_key.items():
        status = evidence.statuses.get(key)
        committed = status is not None and status["status"] in (200, 201)
        revs = [event["rev"] for event in evidence.events_of.get(key, ())]
        if committed and status is not None:
            if revs != list(range(status["first_rev"], status["rev"] + 1)):
                yield f"{key} has the status {status}, the log has it at {revs}"
        elif revs or any(e.ok for e in entries):
            yield f"{key} is committed at {revs}, its status is {status}"
        kept = [e for e in entries if e.failed and e.status not in UNSTORED]
        if status is None and any(e.problem != "key-reused" for e in kept):
            yield f"{key} was refused, its status is unknown"


def pictures(evidence: Evidence) -> Iterator[str]:
    """Every console shows what the centre shows."""
    for console, picture in evidence.pictures.items():
        if evidence.centre is not None and picture != evidence.centre:
            yield f"{console} is at rev {picture[0]} ({picture[1]:x}), the centre at rev {evidence.centre[0]} ({evidence.centre[1]:x})"

    for console in evidence.differing:
        yield f"{console} shows something else than the log though rev and digest agree"


def streamed(evidence: Evidence) -> Iterator[str]:
    """What a console has been shown stands in the log, for good: nothing is shown before its commit."""
    hashes = {event["rev"]: event["hash"] for event in evidence.events}
    for console, shown in evidence.streamed.items():
        for rev, digest in shown:
            if hashes.get(rev) != digest:
                yield f"{console} was shown rev {rev} as it does not stand in the log"
                break


def ticks(evidence: Evidence) -> Iterator[str]:
    """✓✓ stands at what the centre holds and nowhere else, a refusal at what it does not hold."""
    if evidence.statuses is None:
        return
    for key, shown in evidence.ticks.items():
        status = evidence.statuses.get(key)
        if shown != (status is not None and status["status"] in (200, 201)):
            yield f"{key} is shown as {'committed' if shown else 'refused'}, its status is {status}"


RULES: tuple[Rule, ...] = (
    dense,
    chain,
    versions,
    acknowledged,
    refused,
    once,
    nobody_sent,
    expectations,
    real_time,
    stale_refusals,
    statuses,
    pictures,
    streamed,
    ticks,
)


def unsettled(intentions: Iterable[str]) -> tuple[str, ...]:
    """What nobody knows the fate of though there was time to ask."""
    return tuple(f"unsettled: nobody knows what became of {one}" for one in sorted(intentions))
