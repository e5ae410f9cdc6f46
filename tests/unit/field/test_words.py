"""Every subcategory has words of its own."""

import csv

from console.field.chance import Chance
from console.field.words import _SAID, told
from tests.unit.field.model_city import SOURCE, model_city


def test_there_are_more_than_sixty_sentences_for_every_known_subcategory() -> None:
    with (SOURCE / "categories.csv").open(encoding="utf-8") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    assert names == set(_SAID)
    assert sum(map(len, _SAID.values())) > 60


def test_words_name_the_place_and_an_unknown_class_has_some_too() -> None:
    city = model_city()
    power = city.categories["1001"]
    said = {told(power, "海府路", Chance(1), n) for n in range(40)}
    assert len(said) > 10
    assert all("海府路" in words for words in said)
    assert "海府路" in told(city.categories["0101"], "海府路", Chance(1), 1)
