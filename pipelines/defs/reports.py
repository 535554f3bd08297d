"""`reports/quarter`: the report of a Jalali quarter, in both languages."""

import dagster as dg

from pipelines.defs.partitions import quarters
from pipelines.defs.resources import DataFolder
from pipelines.marts.build import marts


@dg.asset(
    key=["reports", "quarter"], deps=[dg.AssetKey(["marts", name]) for name in marts()], partitions_def=quarters, group_name="reports",
    kinds={"html"}, description="One self-contained page a quarter, Persian and English; beside it the pages of rules and letters.",
)  # fmt: skip
def quarter(context: dg.AssetExecutionContext, data: DataFolder) -> dg.MaterializeResult:
    """Write the report; a quarter without data fails with the quarters that exist."""
    from pipelines import flow
    from pipelines.errors import UserError
    from pipelines.reports.quarter import write_report

    try:
        written = {language: write_report(data.home, context.partition_key, language) for language in ("fa", "en")}
        flow.directive_pages(data.home)
    except UserError as error:
        raise dg.Failure(str(error)) from error
    return dg.MaterializeResult(metadata={language: dg.MetadataValue.path(str(path)) for language, path in written.items()})
