import multiprocessing
from pathlib import Path

import pytest

from tests.crash import child

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Processes take their time on a busy machine; what a test waits for is an event, not a time."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(180))


@pytest.fixture(scope="session", autouse=True)
def _server_of_children() -> None:
    """Imports the bot once, before the first test counts its seconds."""
    here, there = child.context().Pipe(duplex=False)
    process = child.context().Process(target=child.imported_before, args=(there,))
    process.start()
    here.recv()
    process.join()
    multiprocessing.active_children()
