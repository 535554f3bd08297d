"""Codings × rules → verdicts, joined back to items as findings and counted. A coding is judged once; items are counted."""
