"""What the directive demands, readable by an analyst. Knows nothing of Dagster, DuckDB or where data come from."""
