"""`lab` and `ui`: pages that run until they are stopped. Both listen on this machine only."""

import click

from pipelines.settings import home


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(arguments: tuple[str, ...]) -> int:
    """JupyterLab on the notebooks, right to left, in Vazirmatn, without the network. Further arguments go to JupyterLab.

    \b
    Example:  sepas-dq lab
              sepas-dq lab --no-browser --port 8899
    """
    from pipelines.servers import run_lab

    return run_lab(home(), arguments)


@click.command()
@click.option("--port", default=3000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def ui(port: int, host: str) -> int:
    """Dagster's web page: the asset graph, checks, partitions, sensor and schedule. Ctrl+C ends it.

    \b
    Example:  sepas-dq ui --port 3000
    """
    from pipelines.servers import run_ui

    return run_ui(home(), host, port)
