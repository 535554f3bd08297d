"""Fixtures: small code lists, and one run of 600 messages that most tests look at."""

import shutil

import generator_lists as lists
import generator_naive as naive
import pyarrow.parquet as pq
import pytest

from pipelines.generator import generate
from pipelines.settings import Home


@pytest.fixture(scope="session")
def lists_home(tmp_path_factory) -> Home:
    home = Home(tmp_path_factory.mktemp("generator_home"))
    lists.small_codes(home.reference / "codes.parquet")
    return home


@pytest.fixture(scope="session")
def run(lists_home, tmp_path_factory):
    """(summary, truth rows, parsed messages by id) of one run."""
    out = tmp_path_factory.mktemp("generator_run") / "out"
    summary = generate(lists_home, out, 1500, seed=11)
    messages = {}
    for path, payload, about in naive.payloads(out / "extracts"):
        message_id, tree = naive.parse(payload)
        messages[message_id] = (path, tree, about)
    yield summary, pq.read_table(out / "truth.parquet").to_pylist(), messages
    shutil.rmtree(out)
