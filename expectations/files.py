"""Reading a YAML file of ours strictly: a wrong file is one RuleError of one line that names file and field.

Belongs here: YAML and the words of a fault. Does not: what a file may say (`rule.py`, `letter.py`).
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from expectations.errors import RuleError

Model = TypeVar("Model", bound=BaseModel)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml reads the rules in a fifth of the time
    """YAML, but a key given twice is a mistake, and so is one that YAML does not read as a word (on, yes, 12)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        keys = [key.value for key, _ in node.value]
        faults = [f"'{key}' is given twice" for key in keys if keys.count(key) > 1]
        faults += [f"'{key.value}' is not the name of a field" for key, _ in node.value if key.tag != "tag:yaml.org,2002:str"]
        if faults:
            raise yaml.constructor.ConstructorError(problem=faults[0], problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file of ours."""
    return yaml.load(path.read_text(encoding="utf-8"), _Loader)


def read_model(path: Path, model: type[Model]) -> Model:
    """One file as its model. Raises RuleError with file, field and reason in one line."""
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:
        raise RuleError(f"{path}: {_said(error)}") from error
    except (yaml.YAMLError, OSError, ValueError) as error:
        raise RuleError(f"{path}: cannot be read as YAML: {' '.join(str(error).split())}") from error


def _said(error: ValidationError) -> str:
    """`field: reason` of the first fault, on one line."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    reason = " ".join(first["msg"].removeprefix("Value error, ").split())
    if first["type"] == "string_type":
        reason += f" (write it in quotes, not {first['input']!r})"
    return f"{field}: {reason}" if field else reason
