"""`report` and `sql`: what people read."""

import sys

import click

from pipelines.settings import home


@click.command()
@click.argument("quarter")
@click.option("--lang", default="fa", show_default=True, help="fa, en, or both: fa,en")
def report(quarter: str, lang: str) -> int:
    """Write the report of a quarter as one HTML page that opens anywhere, and beside it the pages of rules and letters it opens.

    \b
    Example:  sepas-dq report 1401Q4 --lang fa,en
    """
    from pipelines import flow
    from pipelines.cli.directive import languages
    from pipelines.jalali import quarter_span
    from pipelines.reports.quarter import write_report

    quarter_span(quarter)
    for language in languages(lang):
        click.echo(write_report(home(), quarter.upper(), language))
    flow.directive_pages(home())
    return 0


@click.command()
@click.argument("query")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def sql(query: str, form: str) -> int:
    """Query the warehouse, read-only and shut off from other files and the network.

    \b
    Example:  sepas-dq sql "select rule_id, sum(items) from marts.outcome_counts group by 1"
              sepas-dq sql "show all tables"
    """
    import duckdb

    from pipelines.cli.progress import table
    from pipelines.errors import InputError
    from pipelines.warehouse import reading

    with reading(home()) as con:
        try:
            kinds = {statement.type.name for statement in con.extract_statements(query)}
            if kinds - {"SELECT", "EXPLAIN", "RELATION"}:
                raise InputError("sql only reads: one SELECT, DESCRIBE, SHOW or EXPLAIN. Changes come by ingest and build.")
            con.execute(query)
            names = [column[0] for column in con.description or []]
            rows = con.fetchall() if names else []
        except duckdb.Error as error:
            raise InputError(f"the query cannot be run: {str(error).splitlines()[0]}") from error
    if form == "table":
        table(names, [["" if value is None else str(value) for value in row] for row in rows])
    elif form == "csv":
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    else:
        import json

        click.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, default=str, indent=1))
    return 0
