"""What a container's writer can do.

Belongs here: the protocol and the list of format names. Does not: any container.
"""

from typing import Protocol

from pipelines.generator.delivery import Delivery

FORMATS = ("ndjson", "ndjson-gz", "ndjson-zst", "files", "xml-zip", "tar", "tar-gz", "big-xml", "csv", "parquet")


class Writer(Protocol):
    """Takes messages one by one, in the order of their arrival."""

    def add(self, delivery: Delivery) -> None: ...

    def close(self) -> None: ...
