"""Every reason for which the rules refuse a command: the codes of a 422."""

from collections.abc import Sequence

RULES: Sequence[str] = (
    *("already-assigned", "already-done", "assignment-ended", "assignment-exists"),
    *("bad-id", "bad-time", "bad-turn", "bad-until", "case-exists", "conflict"),
    *("footprint-crosses-itself", "footprint-too-fine", "footprint-too-small"),
    *("footprint-too-wide", "handover-exists", "has-lead", "hazard"),
    *("incident-ended", "incident-exists", "name-needed", "needs-centre-leader"),
    *("needs-duty-chief", "needs-shift-leader", "no-lead", "no-receiver", "no-reply"),
    *("no-request", "no-supervision", "not-attached", "not-qualified", "off-duty"),
    *("only-the-lead", "opinion-needed", "order-number-needed", "outside-city"),
    *("reason-needed", "remark-needed", "repeat-of-itself", "reply-incomplete"),
    *("report-order", "request-open", "return-asked", "review-incomplete", "role", "ruled"),
    *("rule-failed", "sign-first", "supervision-open", "too-large", "too-many-lines"),
    *("turn-exists", "turn-overlaps", "unknown-assignment", "unknown-case"),
    *("unknown-category", "unknown-incident", "unknown-team", "unknown-unit"),
    *("unknown-worker", "words-needed", "wrong-state"),
)
"""A refusal of one of these is kept under the command's key: a retry hears it again."""
