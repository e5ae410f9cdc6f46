"""What lights up on the map during a drag: the workers (or cases) that would take it, the six best with their arrival."""

from datetime import timedelta

from console.live.board import Board
from console.live.drag import Payload
from console.live.orders import Target as DropTarget
from console.map.pins import Kind, Target
from console.store.nearby import nearby
from console.views.dragging import Dragging

BEST = 6
SHOWN = 60
"""Targets farther away than the sixtieth are reached through the list."""


def map_targets(board: Board, dragging: Dragging, payload: Payload) -> list[Target]:
    """Targets on the map for what is in hand."""
    areas = [
        Target(kind=Kind.FOOTPRINT, id=incident)
        for incident in board.picture.incidents
        if dragging.accepts(payload, DropTarget("footprint", incident))
    ]
    if payload.kind == "case":
        return areas + _workers(board, dragging, payload)
    waiting = (c for c in board.picture.cases.values() if c.position is not None)
    return areas + [
        Target(kind=Kind.CASE, id=case.id)
        for case in waiting
        if dragging.accepts(payload, DropTarget("case", case.id))
    ]


def _workers(board: Board, dragging: Dragging, payload: Payload) -> list[Target]:
    case = board.picture.cases.get(payload.ids[0])
    if case is None:
        return []
    now = board.time.domain_now()
    found: list[Target] = []
    for near in nearby(case, board.picture, board.city, now, limit=SHOWN):
        if not dragging.accepts(payload, DropTarget("worker", near.worker.id)):
            continue
        best = len(found) < BEST
        label = ""
        if best and near.travel_s is not None:
            arrival = (now + timedelta(seconds=near.travel_s)).astimezone(board.city.tz)
            label = arrival.strftime("%H:%M")
        found.append(Target(kind=Kind.WORKER, id=near.worker.id, best=best, label=label))
    return found
