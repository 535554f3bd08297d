"""Notebooks as pages: run headless, published from right to left without code, in one file that loads nothing.

Belongs here: `publish_notebook` and the JupyterLab settings. Does not: what a notebook asks. nbconvert's own templates load
scripts from public CDNs, so the page is ours.
"""

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from pipelines.charts.render import FONTS, webfont
from pipelines.errors import InputError
from pipelines.settings import PROJECT, Home

TEMPLATES = Path(__file__).with_name("templates")


def publish_notebook(path: Path, out_html: Path, params: dict[str, Any] | None = None) -> Path:
    """Runs a `.nb.py` notebook with these parameters and writes it as HTML; returns `out_html`. An error in a cell is raised."""
    import jupytext
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = jupytext.read(path)
    _parameterize(notebook, params or {}, path)
    with tempfile.TemporaryDirectory() as sockets:  # sockets in a folder of our own: nothing on the wire
        wire = {} if os.name == "nt" else {"transport": "ipc", "ip": str(Path(sockets) / "kernel")}
        client = NotebookClient(notebook, km=AsyncKernelManager(kernel_name="python3", **wire), timeout=300, resources={"metadata": {"path": str(PROJECT)}})
        try:
            client.execute(env=_headless())
        except CellExecutionError as broken:
            raise InputError(f"{path.name} stopped: {broken.ename}: {broken.evalue}") from broken
    out_html.parent.mkdir(parents=True, exist_ok=True)
    beside = out_html.with_suffix(".part")
    beside.write_text(_page(notebook), encoding="utf-8")
    return beside.replace(out_html)


def _headless() -> dict[str, str]:
    return {**os.environ, "SEPAS_DQ_HEADLESS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def _parameterize(notebook: Any, params: dict[str, Any], path: Path) -> None:
    """Puts a cell with the given values behind the one tagged `parameters`; a name that cell does not know is refused."""
    from nbformat.v4 import new_code_cell

    if not params:
        return
    for place, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", []):
            known = {line.split("=")[0].strip() for line in cell.source.splitlines() if "=" in line}
            if unknown := set(params) - known:
                raise InputError(f"{path.name} has no parameter {', '.join(sorted(unknown))}; it has: {', '.join(sorted(known))}.")
            notebook.cells.insert(place + 1, new_code_cell("\n".join(f"{k} = {v!r}" for k, v in params.items())))
            return
    raise InputError(f"{path.name} takes no parameters: no cell is tagged `parameters`.")


def _page(notebook: Any) -> str:
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    blocks = [Markup(block) for cell in notebook.cells for block in _blocks(cell)]
    title = next((line[2:] for cell in notebook.cells for line in cell.source.splitlines() if cell.cell_type == "markdown" and line.startswith("# ")), "")
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
    style = Markup((TEMPLATES / "notebook.css").read_text(encoding="utf-8"))
    return env.get_template("notebook.html.j2").render(title=title, blocks=blocks, font=webfont(), style=style)


def _blocks(cell: Any) -> list[str]:
    """A cell as HTML: prose, tables and pictures; code and messages of the run are left out."""
    from markupsafe import escape
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    if cell.cell_type == "markdown":
        html = re.sub(r'<a class="anchor-link".*?</a>', "", markdown2html_mistune(cell.source))
        return [re.sub("&#([0-9]+);", lambda m: chr(int(m[1])) if int(m[1]) > 127 else m[0], html)]
    found = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if "text/html" in data:
            found.append(data["text/html"])
        elif "image/png" in data:
            width = output.get("metadata", {}).get("image/png", {}).get("width")
            size = f' width="{int(width)}"' if width else ""
            found.append(f'<figure><img alt=""{size} src="data:image/png;base64,{data["image/png"].strip()}"></figure>')
        elif "text/plain" in data:
            found.append(f'<pre dir="ltr">{escape(data["text/plain"])}</pre>')
    return found


def lab_settings(home: Home) -> Path:
    """Writes what makes JupyterLab right to left, Persian in its font, offline, and opening `.nb.py` as notebooks.

    Returns the folder to start it with: `JUPYTER_CONFIG_DIR=<folder> jupyter lab notebooks` (nothing else is needed; set
    `SEPAS_DQ_HOME` too if it is not the default). What a person changes in Lab is kept in the same folder.
    """
    folder = home.root / "lab"
    for place in (folder / "custom", folder / "labconfig"):
        place.mkdir(parents=True, exist_ok=True)
    (folder / "custom" / "Vazirmatn.woff2").write_bytes((FONTS / "Vazirmatn.woff2").read_bytes())
    (folder / "custom" / "custom.css").write_text((TEMPLATES / "lab.css").read_text(encoding="utf-8"), encoding="utf-8")
    _json(folder / "jupyter_lab_config.json", {"LabApp": {"custom_css": True}, "ServerApp": {"root_dir": str(PROJECT / "notebooks")}})
    overrides = {
        "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"python": "Jupytext Notebook"}},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    _json(folder / "labconfig" / "default_setting_overrides.json", overrides)
    _json(folder / "labconfig" / "page_config.json", {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}})
    return folder


def _json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
