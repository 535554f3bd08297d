"""The directive as pages and as text: a page a rule, a page a letter, an index, and what starts when.

Belongs here: turning rules, letters and list releases into pages. Does not: what they say (`expectations/`), which releases
are loaded (given by whoever calls).
"""

from pipelines.reports.directive.pages import ahead_text, letter_text, rule_text, write_pages

__all__ = ["ahead_text", "letter_text", "rule_text", "write_pages"]
