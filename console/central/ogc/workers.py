"""Workers and where they are: no names, and a position only of those on duty, with its age."""

from typing import Any

from console.central.centre import Centre
from console.central.ogc.feature import About, Extent, Feature, Page
from console.central.ogc.paging import page_of
from console.central.ogc.query import Query
from console.domain.place import Position
from console.domain.worker import Fix, Worker
from console.store.picture import Picture


class Workers:
    """The roster of the city; a `datetime` asks when a position was measured."""

    def __init__(self, about: About, centre: Centre) -> None:
        """Of this centre."""
        self.about = about
        self._centre = centre
        self._ids = sorted(centre.city.workers)

    def extent(self) -> Extent:
        """The city, from the oldest position that is shown."""
        picture = self._centre.mirror.fork()
        shown = [fix.fix_at for worker in self._ids if (fix := _shown(picture, worker)) is not None]
        return Extent(self._centre.outlines().extent, min(shown, default=None))

    def page(self, query: Query) -> Page:
        """Workers that are asked for."""
        picture = self._centre.mirror.fork()
        found = [one for one in self._ids if _fits(query, _shown(picture, one))]
        return page_of(found, query.after, query.limit, lambda one: self._feature(picture, one))

    def find(self, feature: str) -> Feature | None:
        """One worker."""
        if feature not in self._centre.city.workers:
            return None
        return self._feature(self._centre.mirror.fork(), feature)

    def _feature(self, picture: Picture, worker_id: str) -> Feature:
        worker = self._centre.city.workers[worker_id]
        fix = _shown(picture, worker_id)
        return Feature(
            id=worker_id,
            geometry=None if fix is None else point(fix.position),
            properties=self._who(worker, picture) | self._when(fix),
        )

    def _who(self, worker: Worker, picture: Picture) -> dict[str, Any]:
        duty = picture.workers.get(worker.id)
        area_name = self._centre.city.area_name
        return {
            "kind": worker.kind.value,
            "district": worker.district,
            "district_name": area_name(worker.district),
            "town": worker.town,
            "town_name": area_name(worker.town),
            "on_duty": duty is not None and duty.on_duty,
        }

    def _when(self, fix: Fix | None) -> dict[str, Any]:
        if fix is None:
            return {"fix_at": None, "received_at": None, "age_s": None, "stale": None}
        age_s = max(int((self._centre.clock.now() - fix.fix_at).total_seconds()), 0)
        return {
            "fix_at": fix.fix_at,
            "received_at": fix.received_at,
            "age_s": age_s,
            "stale": age_s > self._centre.city.policy.position_stale_s,
        }


def _shown(picture: Picture, worker: str) -> Fix | None:
    """The last position of a worker on duty; where somebody is after work is nobody's business."""
    duty = picture.workers.get(worker)
    return picture.fixes.get(worker) if duty is not None and duty.on_duty else None


def _fits(query: Query, fix: Fix | None) -> bool:
    if query.boxes is None and query.span is None:
        return True
    if fix is None or not query.finds(fix.position.lon, fix.position.lat):
        return False
    return query.span is None or query.span.meets(fix.fix_at, fix.fix_at)


def point(position: Position) -> dict[str, Any]:
    """A position as a GeoJSON Point."""
    return {"type": "Point", "coordinates": [position.lon, position.lat]}
