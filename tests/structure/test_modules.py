"""What every module owes its reader, and who may import what.

The import contracts themselves stand in pyproject.toml; here they are run, and held against a plain search.
"""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from pipelines.settings import PROJECT

MODULES = sorted(path for folder in ("pipelines", "expectations") for path in (PROJECT / folder).rglob("*.py"))
OTHERS = sorted(path for folder in ("tests", "tools", "notebooks", "benchmarks") for path in (PROJECT / folder).rglob("*.py"))
CEILING, AIM = 300, 150
LONG = {
    # module above the aim of 150 lines → why it is not split. Dated.
    "expectations/rule.py": "2026-11-22: one model, every field of a rule file explained in one place",
}
HOMES = {
    "dagster": ("pipelines.defs", "pipelines.definitions", "pipelines.servers"),
    "click": ("pipelines.cli",),
    "jdatetime": ("pipelines.jalali", "expectations.rule"),
    "great_expectations": ("expectations.gx",),
    "fastapi": ("pipelines.serve",),
    "uvicorn": ("pipelines.serve",),
    "sqlalchemy": (),
    "argparse": (),
}


def name(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Modules a file imports anywhere, late imports too."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def is_in(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is(path):
    said = ast.get_docstring(tree(path))
    assert said and len(said.splitlines()[0]) > 20, "a module opens with a sentence"


@pytest.mark.parametrize("path", [p for p in OTHERS if p.stat().st_size], ids=name)
def test_so_does_a_test_and_a_notebook(path):
    first = path.read_text(encoding="utf-8").lstrip()[:3]
    assert first == '"""' or first.startswith("#")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_short(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= CEILING


def test_most_modules_are_far_below_the_ceiling():
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] <= 80 and sum(n <= AIM for n in lengths) >= 0.95 * len(lengths)
    long = {path.relative_to(PROJECT).as_posix() for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > AIM}
    assert set(LONG) <= long, "an exception that is no longer one"
    assert {path for path in long if path.startswith("expectations/")} <= set(LONG)


def test_the_import_contracts_hold():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=PROJECT, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0 and " 0 broken" in done.stdout, done.stdout + done.stderr


def test_every_contract_of_the_architecture_is_written_down():
    linted = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contracts = {contract["name"]: contract for contract in linted["contracts"]}
    layers = contracts["layers meet in tables and never import each other"]
    folders = {path.name for path in (PROJECT / "pipelines").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert {module.split(".")[1] for module in layers["modules"]} == folders - {"defs", "cli", "charts", "serve"}
    assert {"pipelines", "dagster", "duckdb"} <= set(contracts["expectations know nothing of how data moves"]["forbidden_modules"])
    protected = {module for contract in contracts.values() for module in contract.get("protected_modules", [])}
    assert {"dagster", "click", "jdatetime", "great_expectations"} <= protected


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library):
    strangers = {name(path) for path in MODULES if any(is_in(m, (library,)) for m in imported(path)) and not is_in(name(path), HOMES[library])}
    assert strangers == set()


def test_expectations_stand_alone():
    for path in MODULES:
        if name(path).startswith("expectations"):
            assert not any(is_in(m, ("pipelines", "dagster", "duckdb")) for m in imported(path)), name(path)


def test_the_generator_is_a_second_opinion():
    for path in MODULES:
        if is_in(name(path), ("pipelines.generator",)):
            assert not any(is_in(m, ("expectations", "pipelines.landed", "pipelines.coded", "pipelines.findings", "pipelines.persian")) for m in imported(path))


def test_the_command_line_is_the_only_entrance():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all(target.startswith("pipelines.cli") for target in project["scripts"].values())
    assert not {"gui-scripts", "entry-points"} & set(project)
    for path in MODULES:
        mains = [node for node in tree(path).body if isinstance(node, ast.If) and "__name__" in ast.dump(node.test)]
        assert not mains or is_in(name(path), ("pipelines.cli",)), name(path)


def test_no_assert_guards_a_verdict():
    """`python -O` removes asserts: in expectations a wrong rule is a RuleError."""
    for path in MODULES:
        if name(path).startswith("expectations"):
            assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.Assert)], name(path)


def test_docstrings_need_no_escape():
    assert not [name(path) for path in MODULES if re.search(r'^r"""', path.read_text(encoding="utf-8"))]
