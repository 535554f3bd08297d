"""Findings are counted over small text tables, as marts are, and judged through the same little lists as the examples of the rules."""

import sys
from pathlib import Path

for folder in ("rules", "marts"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))
