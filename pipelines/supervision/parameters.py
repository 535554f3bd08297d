"""The parameters of the model, read from `parameters.yaml`, where each stands with its reason.

Belongs here: reading and types. Does not: any formula.
"""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Parameters(BaseModel):
    """All of `parameters.yaml`; shares are between 0 and 1, strengths are in messages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    smallest_share: float = Field(gt=0, lt=1)
    share_shapes: list[tuple[float, float]]
    all_around: float = Field(ge=0, lt=1)
    miss_means: list[float]
    miss_strengths: list[float]
    prevalences: list[float]
    prevalence_density: tuple[float, float]
    sender_strength: float = Field(gt=0)
    sender_strength_bounds: tuple[float, float]
    product_weight: float = Field(gt=0)
    drift: float = Field(ge=0)
    mix_strengths: list[float]
    mix_product_weight: float = Field(gt=0)
    mix_smallest: float = Field(gt=0)
    log_wholeness: list[tuple[float, float, float]]
    ratio_strength: float = Field(gt=0)
    asks_and_ignores: float = Field(ge=0, le=1)
    taken_before: float = Field(ge=0, lt=1)
    smallest_expectation: float = Field(gt=0)
    smallest_messages: int = Field(gt=0)
    interval: float = Field(gt=0, lt=1)


@cache
def parameters() -> Parameters:
    """The parameters in force."""
    return Parameters.model_validate(yaml.safe_load(Path(__file__).with_name("parameters.yaml").read_text(encoding="utf-8")))
