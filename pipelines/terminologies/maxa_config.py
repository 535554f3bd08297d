"""What has to be known to reach MAXA: a YAML file after the pattern of `maxa_config.yaml`.

Belongs here: names, defaults and checks of that file. Does not: using them (`maxa`). Secrets are never shown.
"""

import urllib.parse
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pipelines.errors import InputError

_NUMBERS = {"page_size": (int, 1), "tries": (int, 1), "timeout_seconds": (int | float, 0.1), "pause_seconds": (int | float, 0)}  # kind, least
_NAMES = ("answer", "question")


@dataclass
class Config:
    """What the YAML file says; the names are those of `maxa_config.yaml`."""

    base: str
    client_id: str
    client_secret: str = field(repr=False)
    username: str = ""
    password: str = field(default="", repr=False)
    token_path: str = "/oauth/token"
    list_path: str = "/api/client/apim/v1/maxa/terminologies"
    changes_path: str = "/api/client/apim/v1/maxa/changes"
    page_size: int = 1000
    timeout_seconds: float = 30
    tries: int = 5
    pause_seconds: float = 1
    answer: dict[str, str] = field(default_factory=lambda: {"items": "Result", "total": "Count"})
    question: dict[str, str] = field(
        default_factory=lambda: {"terminology": "terminology", "since": "since", "page": "page", "size": "size"}
    )


def read_config(path: str | Path) -> Config:
    """Reads the YAML file. Raises InputError naming what is missing or unknown."""
    import yaml

    try:
        said = yaml.safe_load(Path(path).read_text("utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"{path}: cannot be read as YAML ({str(error).partition(chr(10))[0]}).") from error
    if not isinstance(said, dict):
        raise InputError(f"{path}: not a configuration. Copy pipelines/terminologies/maxa_config.yaml and fill it in.")
    names = {f.name for f in fields(Config)}
    missing = [name for name in ("base", "client_id", "client_secret", "username", "password") if not said.get(name)]
    unknown = sorted(set(said) - names)
    if missing or unknown:
        raise InputError(
            f"{path}: missing: {', '.join(missing) or 'nothing'}; not known: {', '.join(unknown) or 'nothing'}."
        )
    said = _typed(path, said)
    if urllib.parse.urlsplit(said["base"]).scheme not in ("http", "https"):
        raise InputError(f"{path}: base must be an address that begins with https://.")
    return Config(**said)


def _typed(path: str | Path, said: dict[str, Any]) -> dict[str, Any]:
    """Values in the types of Config: a password of digits is a text, names that are not given keep their default."""
    typed: dict[str, Any] = {}
    for name, value in said.items():
        if name in _NUMBERS:
            kind, least = _NUMBERS[name]
            if isinstance(value, bool) or not isinstance(value, kind) or value < least:
                raise InputError(f"{path}: {name} must be a number, at least {least}{' and whole' if kind is int else ''}.")
        elif name in _NAMES and not isinstance(value, dict):
            raise InputError(f"{path}: {name} must give names, as in pipelines/terminologies/maxa_config.yaml.")
        typed[name] = getattr(Config("", "", ""), name) | value if name in _NAMES else value if name in _NUMBERS else str(value)
    return typed
