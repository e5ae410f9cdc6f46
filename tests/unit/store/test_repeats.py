from console.domain.case import Case
from console.store.picture import Picture
from console.store.repeats import repeats
from tests.builders import TZ, case


def found(one: Case, *others: Case) -> set[str]:
    picture = Picture(tz=TZ)
    picture.cases = {c.id: c for c in (one, *others)}
    return {c.id for c in repeats(one, picture)}


def test_a_burst_of_calls_belongs_together() -> None:
    assert found(case(kin="k"), case(id="C2", kin="k"), case(id="C3", kin="other")) == {"C2"}


def test_cases_without_kin_are_not_each_others() -> None:
    assert found(case(), case(id="C2")) == set()


def test_links_are_followed_from_either_end() -> None:
    main, one, two = case(), case(id="C2", repeat_of="C1"), case(id="C3", repeat_of="C1")
    assert found(main, one, two) == {"C2", "C3"}
    assert found(one, main, two) == {"C1", "C3"}
