"""Personal data of one case: masked, and every look recorded."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.auth import Seat
from console.central.centre import Centre
from console.central.gate import Guard
from console.central.hygiene import cut
from console.central.inbound import json_response
from console.central.problems import Problem

WHY_LIMIT, ID_LIMIT = 200, 80
"""Characters of the reason and of the id that are kept in the record of the look."""


class PrivateData:
    """Answers the audited routes."""

    def __init__(self, centre: Centre) -> None:
        """Look into this centre."""
        self._centre = centre

    def routes(self, guard: Guard) -> list[Route]:
        """Where they are answered."""
        return [guard.route("GET", "/v1/private/cases/{case_id}", self.case)]

    async def case(self, request: Request, seat: Seat) -> Response:
        """A case's personal data."""
        role = seat.need("look")
        case_id = str(request.path_params["case_id"])[:ID_LIMIT]
        why = cut(request.query_params.get("why", ""), WHY_LIMIT)
        found = await self._centre.look(case_id, seat.name, role, why)
        if found is None:
            raise Problem(404, "unknown-case", "there is no such case")
        return json_response(found, headers={"Cache-Control": "no-store"})
