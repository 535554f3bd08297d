"""The data folder and the extracts folder as a resource, so that a test can give others."""

import os
from pathlib import Path

import dagster as dg

from pipelines.settings import Home, home


class DataFolder(dg.ConfigurableResource):
    """`root`: the data folder; empty means SEPAS_DQ_HOME, else data/ of the project."""

    root: str = ""

    @property
    def home(self) -> Home:
        """The data folder's paths."""
        return home(self.root or None)

    @property
    def inbox(self) -> Path:
        """Where new extracts are put for the sensor to find: SEPAS_DQ_EXTRACTS, else extracts/ of the data folder."""
        return Path(os.environ.get("SEPAS_DQ_EXTRACTS") or self.home.root / "extracts")
