"""Dagster: the only folder that knows it. Each module wraps one layer's functions as assets; no work is done here."""
