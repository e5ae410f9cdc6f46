"""How an event names its entity."""

from hypothesis import given
from hypothesis import strategies as st

from console.domain.event import EntityKind, entity_ref
from tests.builders import event


@given(st.sampled_from(EntityKind), st.text())
def test_kind_and_id_come_back_from_the_reference(kind: EntityKind, entity_id: str) -> None:
    told = event(1, kind, entity_id)
    assert told.entity == entity_ref(kind, entity_id) == f"{kind.value}:{entity_id}"
    assert (told.kind, told.entity_id) == (kind.value, entity_id)
