"""Operations that write the log: commands, batches of them, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from console.central.openapi import samples
from console.central.openapi.operation import Content, Operation, Parameter, one
from console.central.openapi.orders import DECIDING, DESK, LINKAGE
from console.central.openapi.refusals import RULES
from console.central.routes.writing import Answers, CommandBatch, Keys, Statuses
from console.domain.command import OPERATION_OF
from console.wire.codec import to_builtins
from console.wire.commands import Answer, Envelope, wrap

ENVELOPES: Mapping[str, Envelope] = {
    OPERATION_OF[type(command)]: wrap(command, samples.KEY)
    for command in (*DESK, *DECIDING, *LINKAGE)
}
"""Operation → an envelope with an example of that command."""

_CHAINED = replace(
    ENVELOPES["recall"],
    expect={f"case:{samples.CASE}": {"after": samples.KEY}, f"assignment:{samples.ORDER}": 40},
    expires_at=samples.after(minutes=1),
)
_COMMANDS: Mapping[str, Any] = {**ENVELOPES, "recall_with_expectation": _CHAINED}
_REPLAYED = replace(samples.COMMITTED, status=200, replayed=True)
_REFUSED = Answer(
    key="a-2", status=422, problem="has-lead", detail="the case has a lead: 460106.jinmao"
)
_UNREAD = Answer(key="a-3", status=400, problem="malformed", detail="type: unknown command 'x'")

WRITING: Sequence[Operation] = (
    Operation(
        method="post",
        path="/v1/commands",
        says="One command, at most once; 200 repeats the answer of an earlier copy",
        body=Content(Envelope, _COMMANDS),
        answers={
            201: one(Answer, samples.COMMITTED, "Committed and on the disk"),
            200: one(
                Answer,
                _REPLAYED,
                "The same key and body were committed before",
                Idempotent_Replayed="true",
            ),
        },
        problems={
            400: ("key-differs",),
            403: ("scope",),
            409: ("running",),
            410: ("expired",),
            412: ("expectation",),
            413: ("too-large", "too-many"),
            422: ("key-reused", *RULES),
        },
        parameters=(
            Parameter(
                "Idempotency-Key",
                "header",
                True,
                "equals the body's key; one UUID an intention, made at the gesture",
                {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,80}$"},
                samples.KEY,
            ),
        ),
        may="commands",
    ),
    Operation(
        method="post",
        path="/v1/commands/batch",
        says="Up to 500 commands in one transaction, each answered alone",
        body=one(
            CommandBatch,
            CommandBatch(commands=[to_builtins(ENVELOPES["accept"]), {"key": "a-3", "type": "x"}]),
        ),
        answers={200: one(Answers, Answers(answers=[samples.COMMITTED, _UNREAD]))},
        problems={413: ("too-large", "too-many")},
        may="commands",
    ),
    Operation(
        method="post",
        path="/v1/commands/status",
        says="What the centre knows of these keys",
        body=one(Keys, Keys(keys=[samples.KEY, "a-2", "a-4"])),
        answers={
            200: one(
                Statuses,
                Statuses(answers={samples.KEY: samples.COMMITTED, "a-2": _REFUSED, "a-4": None}),
            )
        },
        problems={413: ("too-large", "too-many")},
    ),
)
"""`commands` in the place of one operation means: by the type of each command."""
