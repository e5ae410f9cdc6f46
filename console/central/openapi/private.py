"""Operations on citizens' personal data; every one leaves a line in the record of access."""

from collections.abc import Sequence

from console.central.openapi import samples
from console.central.openapi.operation import (
    NUMBER,
    Operation,
    Parameter,
    one,
    query,
)
from console.central.private import MOST_RECORDS, Access, AccessRecord
from console.central.routes.private import Erased, Reason, Ringing
from console.wire.frames import PrivateDetails, Revealed

_CASE = "/v1/private/cases/{case_id}"
_CASE_ID = Parameter("case_id", "path", True, "id of the case", {"type": "string"}, samples.CASE)
_NONE = {404: ("unknown-case",), 410: ("erased",)}

PRIVATE: Sequence[Operation] = (
    Operation(
        method="get",
        path=_CASE,
        says="A case's personal data, masked; every look is recorded",
        answers={
            200: one(
                PrivateDetails,
                PrivateDetails(
                    citizen="王**", phone="138****1234", words="门口积水", address="龙昆北路 12号"
                ),
            )
        },
        problems=_NONE,
        parameters=(_CASE_ID, query("why", "what it is needed for", example="回访")),
        may="look",
    ),
    Operation(
        method="post",
        path=f"{_CASE}/reveal",
        says="The same in full, to be hidden again at shown_until, a minute from now",
        body=one(Reason, Reason(why="联系市民核实地点")),
        answers={
            200: one(
                Revealed,
                Revealed(
                    citizen="王小明",
                    phone="13812341234",
                    words="门口积水",
                    address="龙昆北路 12号",
                    shown_until=samples.after(seconds=60),
                ),
            )
        },
        problems={**_NONE, 422: ("reason-needed",), 429: ("slow-down",), 413: ("too-large",)},
        parameters=(_CASE_ID,),
        may="reveal",
    ),
    Operation(
        method="post",
        path=f"{_CASE}/dial",
        says="Have the telephone system connect this seat with the citizen; no number is told",
        answers={200: one(Ringing, Ringing())},
        problems={
            **_NONE,
            422: ("no-number",),
            429: ("slow-down",),
            502: ("telephone-failed",),
            503: ("no-telephone",),
        },
        parameters=(_CASE_ID,),
        may="dial",
    ),
    Operation(
        method="post",
        path=f"{_CASE}/erase",
        says="Erase a case's personal data for ever; the log holds none of them and stays whole",
        body=one(Reason, Reason(why="诉求人书面申请")),
        answers={200: one(Erased, Erased(erased=True))},
        problems={404: ("unknown-case",), 422: ("reason-needed",), 413: ("too-large",)},
        parameters=(_CASE_ID,),
        may="erase",
    ),
    Operation(
        method="get",
        path="/v1/private/access",
        says="The record of who did what with whose data, newest first, in pages",
        answers={
            200: one(
                AccessRecord,
                AccessRecord(
                    entries=[
                        Access(
                            id=318,
                            at=samples.NOW,
                            seat="wang@席 7",
                            role="dispatcher",
                            what="reveal",
                            case=samples.CASE,
                            why="联系市民核实地点",
                        )
                    ],
                    next=318,
                ),
            )
        },
        parameters=(
            query("before", "only lines older than this one", NUMBER, example=319),
            query(
                "limit",
                f"lines of one answer, at most {MOST_RECORDS}",
                {"type": "integer", "minimum": 1},
                example=100,
            ),
            query("case", "only of this case", example=samples.CASE),
            query("seat", "only by this seat, as the log names it", example="wang@席 7"),
        ),
        may="read_access",
    ),
)
"""Who may is `domain.role`'s to say, like everything else."""
