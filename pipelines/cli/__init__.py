"""`sepas-dq`: thin commands over the layers. Commands are loaded when called, so that --help answers at once.

Belongs here: the list of commands and what every command shares (errors in one line, UTF-8 output). Does not: work.
"""

import importlib
import os
import sys
from typing import Any

import click

# Nothing leaves the machine: telemetry of Great Expectations and Dagster is off before either is imported.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
os.environ.setdefault("DO_NOT_TRACK", "1")

COMMANDS = {
    "demo": ("pipelines.cli.demo", "demo", "Invent a national quarter, run everything on it, write the report."),
    "generate": ("pipelines.cli.demo", "generate", "Write invented extracts in the real wire forms, with their truth."),
    "ingest": ("pipelines.cli.flow", "ingest", "Land extracts: files or folders. Doing it twice changes nothing."),
    "build": ("pipelines.cli.flow", "build", "Judge what changed and rebuild the marts that depend on it."),
    "terminology": ("pipelines.cli.reference", "terminology", "Code lists: add a release, list what is loaded, compare two with their traffic."),
    "organisations": ("pipelines.cli.reference", "organisations", "Registers of universities, facilities, vendors and systems."),
    "calls": ("pipelines.cli.calls", "calls", "Call logs of the validation service: who validated before sending."),
    "readiness": ("pipelines.cli.readiness", "readiness", "Who is ready before a rule starts: list, CSV, page."),
    "report": ("pipelines.cli.output", "report", "Write a quarter's report."),
    "check": ("pipelines.cli.ask", "check", "Judge single messages as the validation service would."),
    "serve": ("pipelines.cli.servers", "serve", "Ask before sending: HTTP service and form that judge a message."),
    "supervision": ("pipelines.cli.supervision", "supervision", "Evidence of going around the validation service; audit of the service itself."),
    "rules": ("pipelines.cli.ask", "rules", "Read and try the rules, write their pages."),
    "directive": ("pipelines.cli.directive", "directive", "The ministry's letters, and what starts when."),
    "sql": ("pipelines.cli.output", "sql", "Query the warehouse, read-only."),
    "lab": ("pipelines.cli.servers", "lab", "JupyterLab, set up for Persian."),
    "ui": ("pipelines.cli.servers", "ui", "Dagster's web page: assets, checks, partitions."),
}


class Lazy(click.Group):
    """A group whose commands' modules are imported only when one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        return getattr(importlib.import_module(module), name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sepas-dq")
def cli() -> None:
    """Data quality of the coded items that health information systems send to SEPAS.

    Data stand in the folder that SEPAS_DQ_HOME names (default: data/ of the project). Nothing leaves this machine.

    \b
    Example:  sepas-dq demo
              sepas-dq ingest D:\\extracts\\1401-11
              sepas-dq build
              sepas-dq report 1401Q4
    """


def main() -> None:
    """Run a command; a known error is one line on stderr and its exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code: Any = cli(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.Abort:
        _fail("stopped", 130)
    except click.ClickException as error:
        _fail(error.format_message() + _usage(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("stopped; what was committed stays, the rest is done again next time", 130)
    except Exception as error:
        exit_code = getattr(error, "exit_code", None)
        if exit_code is None:
            raise
        _fail(str(error), exit_code)


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f" (see: {context.command_path} --help)" if context else ""


def _fail(text: str, code: int) -> None:
    click.echo(f"sepas-dq: {' '.join(text.split())}", err=True)
    sys.exit(code)
