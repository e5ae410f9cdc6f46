"""Operations on citizens' personal data; every one leaves a line in the record of access."""

from collections.abc import Sequence

from console.central.openapi import samples
from console.central.openapi.operation import Operation, Parameter, one, query
from console.central.private import PrivateView

_CASE_ID = Parameter("case_id", "path", True, "id of the case", {"type": "string"}, samples.CASE)

PRIVATE: Sequence[Operation] = (
    Operation(
        method="get",
        path="/v1/private/cases/{case_id}",
        says="A case's personal data, masked; every look is recorded",
        answers={
            200: one(
                PrivateView,
                PrivateView(
                    citizen="王**", phone="138****1234", words="门口积水", address="龙昆北路 12号"
                ),
            )
        },
        problems={404: ("unknown-case",)},
        parameters=(_CASE_ID, query("why", "what it is needed for", example="回访")),
        may="look",
    ),
)
"""Who may is `domain.role`'s to say, like everything else."""
