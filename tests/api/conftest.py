"""One central API of the tiny city for each module of contract tests."""

from collections.abc import Iterator

import pytest

from tests.central_process import Central, running_central


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    with running_central(tmp_path_factory.mktemp("api") / "central") as found:
        yield found
