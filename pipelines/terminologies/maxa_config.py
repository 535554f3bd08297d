"""What has to be known to reach MAXA: a YAML file after the pattern of `maxa_config.yaml`.

Belongs here: names, defaults and checks of that file. Does not: using them (`maxa`). Secrets are never shown.
"""

import urllib.parse
from dataclasses import dataclass, field, fields
from pathlib import Path

from pipelines.errors import InputError


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
    names = {f.name for f in fields(Config)}
    missing = [name for name in ("base", "client_id", "client_secret", "username", "password") if not said.get(name)]
    unknown = sorted(set(said) - names)
    if missing or unknown:
        raise InputError(
            f"{path}: missing: {', '.join(missing) or 'nothing'}; not known: {', '.join(unknown) or 'nothing'}."
        )
    if urllib.parse.urlsplit(said["base"]).scheme not in ("http", "https"):
        raise InputError(f"{path}: base must be an address that begins with https://.")
    return Config(**said)
