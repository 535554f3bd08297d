"""`lab`, `ui` and `serve`: what runs until it is stopped. All listen on this machine only, unless told otherwise."""

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


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Another address opens the service to the network.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--on", metavar="DATE", help="Judge as on this day, unless a request names its own (default: today in Tehran).")
@click.option("--list-policy", default="in_force", show_default=True, metavar="POLICY", help="The list to hold codes against: in_force, grace:N, latest, release:NAME.")
@click.option("--max-bytes", default=2_000_000, show_default=True, type=click.IntRange(1000, 16_000_000), help="Largest message.")
@click.option("--rate", default=100.0, show_default=True, type=click.FloatRange(0), help="Requests a second of one client; 0 is no limit.")
@click.option("--timeout", default=10.0, show_default=True, type=click.FloatRange(0.1, 600), help="Seconds in which a request must arrive.")
def serve(host: str, port: int, on: str | None, list_policy: str, max_bytes: int, rate: float, timeout: float) -> int:
    """Ask before sending: an HTTP service and a form that judge a message as the pipeline does. Nothing of it is stored or logged.

    \b
    Example:  sepas-dq serve
              curl --data-binary @message.xml "http://127.0.0.1:8765/v1/messages?on=1401/12/20"
    """
    from pipelines.jalali import parse_day
    from pipelines.serve.limits import Limits
    from pipelines.serve.run import run

    limits = Limits(max_bytes=max_bytes, rate=rate, timeout=timeout, batch_bytes=16 * max_bytes)
    return run(home(), host, port, parse_day(on) if on else None, list_policy, limits, lambda line: click.echo(line, err=True))
