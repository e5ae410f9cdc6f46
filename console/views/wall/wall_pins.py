"""The single pins of a wall: what burns, without a word, and nothing sensitive."""

from dataclasses import replace

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.map.pins import CasePin
from console.views.pins import case_pin
from console.views.stage import Stage
from console.views.wall.census import Census
from console.views.wall.scenes import Scene, SceneKind

Made = tuple[Case, Assignment | None, CasePin | None]


class WallPins:
    """Makes each pin once for as long as its case and its order stay as they are."""

    def __init__(self, stage: Stage) -> None:
        """No pins."""
        self._stage = stage
        self._made: dict[str, Made] = {}

    def of(self, census: Census, scene: Scene) -> list[CasePin]:
        """The pins of a scene; of a district its own."""
        cases = census.pins()
        if scene.kind is SceneKind.DISTRICT:
            cases = [case for case in cases if case.district == scene.code]
        before, self._made = self._made, {}
        for case in cases:
            lead = self._stage.board.picture.lead(case)
            known = before.get(case.id)
            # Entities are frozen: the same object is the same fact.
            same = known is not None and known[0] is case and known[1] is lead
            self._made[case.id] = known if known and same else (case, lead, self._make(case))
        return [pin for _, _, pin in self._made.values() if pin is not None]

    def _make(self, case: Case) -> CasePin | None:
        """None without a place, and for a sensitive case: where it is is nobody's business."""
        stage = self._stage
        category = stage.city.categories.get(case.category)
        if category is None or category.sensitive:
            return None
        pin = case_pin(case, stage.board.picture, stage.city, stage.texts)
        if pin is None:
            return None
        return replace(pin, category="", place="", state="", holder_name="", apart=True)
