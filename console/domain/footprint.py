"""The footprint of an incident: a simple ring of positions, and what lies inside it; plane geometry in degrees.

An incident is a few kilometres wide: there the plane in (lon, lat) has the same inside and outside
as the sphere. Nothing here measures lengths.
"""

from collections.abc import Sequence

from console.domain.place import Position

MOST_POINTS = 400
WIDEST_DEG = 3.0
"""A wider ring is a slip of the hand, or crosses the date line."""

Ring = Sequence[Position]
"""Corners in order, (lon, lat), the first not repeated at the end."""


def fault(ring: Ring) -> str | None:
    """Why the ring is no footprint, as a problem code; None for a good one."""
    if len(ring) > MOST_POINTS:
        return "footprint-too-fine"
    if len({(p.lon, p.lat) for p in ring}) < 3:
        return "footprint-too-small"
    lons, lats = [p.lon for p in ring], [p.lat for p in ring]
    if max(lons) - min(lons) > WIDEST_DEG or max(lats) - min(lats) > WIDEST_DEG:
        return "footprint-too-wide"
    if crosses_itself(ring):
        return "footprint-crosses-itself"
    return "footprint-too-small" if _twice_area(ring) == 0 else None


def contains(ring: Ring, point: Position) -> bool:
    """Whether the point lies inside, by the even-odd rule (a ray to the east)."""
    inside = False
    before = ring[-1]
    for corner in ring:
        if (corner.lat > point.lat) != (before.lat > point.lat):
            share = (point.lat - before.lat) / (corner.lat - before.lat)
            if before.lon + share * (corner.lon - before.lon) > point.lon:
                inside = not inside
        before = corner
    return inside


def centre(ring: Ring) -> Position:
    """The middle of the corners; for a name and a map, not for measuring."""
    return Position(sum(p.lon for p in ring) / len(ring), sum(p.lat for p in ring) / len(ring))


def crosses_itself(ring: Ring) -> bool:
    """Whether two edges that are not neighbours touch."""
    edges = [(ring[n], ring[(n + 1) % len(ring)]) for n in range(len(ring))]
    for n, (a, b) in enumerate(edges):
        for m in range(n + 2, len(edges)):
            if n == 0 and m == len(edges) - 1:
                continue  # neighbours over the end of the list
            if _touch(a, b, *edges[m]):
                return True
    return False


def _touch(a: Position, b: Position, c: Position, d: Position) -> bool:
    if max(a.lon, b.lon) < min(c.lon, d.lon) or max(c.lon, d.lon) < min(a.lon, b.lon):
        return False
    if max(a.lat, b.lat) < min(c.lat, d.lat) or max(c.lat, d.lat) < min(a.lat, b.lat):
        return False
    sides = (_side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b))
    if sides[0] != sides[1] and sides[2] != sides[3]:
        return True
    ends = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(side == 0 and _between(*end) for side, end in zip(sides, ends, strict=True))


def _side(a: Position, b: Position, c: Position) -> int:
    """1 where c lies left of a → b, -1 right, 0 on the line."""
    turn = (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)
    return (turn > 0) - (turn < 0)


def _between(a: Position, b: Position, c: Position) -> bool:
    inside_lon = min(a.lon, b.lon) <= c.lon <= max(a.lon, b.lon)
    return inside_lon and min(a.lat, b.lat) <= c.lat <= max(a.lat, b.lat)


def _twice_area(ring: Ring) -> float:
    """The shoelace formula, square degrees, without its sign."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a.lon * b.lat - b.lon * a.lat for a, b in pairs))
