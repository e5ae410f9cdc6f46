"""Personal data of one case: masked, and every look recorded."""

from fastapi import APIRouter, Request, Response

from console.central import private
from console.central.centre import Centre
from console.central.gate import Guard, seat_of
from console.central.hygiene import cut
from console.central.problems import Problem
from console.central.requests import json_response

WHY_LIMIT = 200
"""Characters of the reason that are kept."""


def router(centre: Centre, guard: Guard) -> APIRouter:
    """The audited routes."""
    router = APIRouter(dependencies=[guard.dependency])

    @router.get("/v1/private/cases/{case_id}")
    async def case(case_id: str, request: Request) -> Response:
        seat = seat_of(request)
        role = seat.need(*sorted(private.READERS))
        why = cut(request.query_params.get("why", ""), WHY_LIMIT)
        found = await centre.look(case_id[:80], seat.name, role, why)
        if found is None:
            raise Problem(404, "unknown-case", "there is no such case")
        return json_response(found, headers={"Cache-Control": "no-store"})

    return router
