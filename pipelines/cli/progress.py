"""Progress of long work, on stderr, so that stdout stays clean for what was asked."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def working(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress line a stage: `report(stage, number, size)`. Counts of messages or partitions, never values."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn())
    tasks: dict[str, Any] = {}
    with Progress(*columns, console=console, transient=not sys.stderr.isatty()) as progress:
        total = progress.add_task(title, total=None)

        def report(stage: str, number: int, size: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(f"  {stage}", total=None)
            progress.update(tasks[stage], advance=number if stage in ("landing", "generating") else size)
            progress.update(total, advance=0)

        yield report


def table(headers: list[str], rows: list[list[str]]) -> None:
    """A plain table on stdout."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = Table(*headers, header_style="bold", box=None, pad_edge=False)
    for row in rows:
        shown.add_row(*(escape(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 200).print(shown)
