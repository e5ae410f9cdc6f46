"""One central API of the tiny city for each module of contract tests, on each of the two stores."""

from collections.abc import Iterator

import pytest

from tests import postgres
from tests.central_process import Central, running_central

STORES = ("sqlite", "postgresql")


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest) -> str:
    """The name of the store; what uses it runs on both."""
    return str(request.param)


@pytest.fixture(scope="module")
def database(store: str) -> Iterator[str | None]:
    """The address of a fresh PostgreSQL database, None for SQLite."""
    if store == "sqlite":
        yield None
        return
    address = postgres.server().fresh()
    yield address
    postgres.server().drop(address)


@pytest.fixture(scope="module")
def centre(database: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    folder = tmp_path_factory.mktemp("api") / "central"
    with running_central(folder, database=database) as found:
        yield found
