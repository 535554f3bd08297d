"""The audit is tried over small text tables, as marts are."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "marts"))
