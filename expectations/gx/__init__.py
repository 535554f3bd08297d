"""Great Expectations: the rules as real suites of real Expectation subclasses, and GX's verdict on what DuckDB counted.

Importing anything here costs seconds, so it is imported late. Why GX judges counts and never rows: docs/decisions.md.
"""
