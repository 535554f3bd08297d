"""Great Expectations on DuckDB through SQLAlchemy, for tests only: GX's own counting as a second opinion on the plan.

GX gives a connection back before it fetches, which drops DuckDB's result; this engine keeps one connection
(shared reference on Great Expectations, section b).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.execution_engine import SqlAlchemyExecutionEngine


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """One connection, kept; a fresh snapshot for each query."""

    @contextmanager
    def get_connection(self) -> Iterator[Any]:
        connection = self._connection
        if connection is None or connection.closed:
            connection = self._connection = self.engine.connect()
        elif connection.in_transaction():
            connection.commit()
        yield connection


class DuckDBDatasource(SQLDatasource):
    """Registers `add_duckdb`."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> type:
        return DuckDBExecutionEngine
