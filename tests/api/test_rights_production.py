"""In a city in production the feed speaks for units, workers and inspectors, never for people."""

import shutil
from collections.abc import Iterator

import pytest

from tests.api.commands import problem
from tests.api.test_rights import COMMANDS, send_example, table
from tests.central_process import TINY, Central, running_central

STAND_INS = {"answer", "verify", "dispatch", "assist", "rule_return", "call_back"}


@pytest.fixture(scope="module")
def production(database: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    folder = tmp_path_factory.mktemp("production")
    city = folder / "city"
    shutil.copytree(TINY, city)
    settings = city / "city.toml"
    text = settings.read_text("utf-8")
    assert "production = false" in text
    settings.write_text(
        text.replace("production = false", 'production = true\nmap_approval = "琼S(2026)001号"'),
        "utf-8",
    )
    with running_central(folder / "central", city, database=database) as found:
        yield found


@pytest.mark.parametrize(
    "operation", [name for name, row in table(COMMANDS).items() if row["field"]]
)
def test_the_feed_stands_in_for_nobody(production: Central, operation: str) -> None:
    response = send_example(production, operation, "field")
    if operation in STAND_INS:
        refused = problem(response, 403, "role")
        assert "field" not in refused["who_may"]
        assert refused["who_may"]
        assert send_example(production, operation, refused["who_may"][0]).status_code != 403
    else:
        assert response.status_code in (201, 422), response.text
