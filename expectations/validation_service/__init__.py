"""What the validation service answers, in its own words: `answers.yaml`, the table from error texts to our rules and outcomes.

Belongs here: the table. Does not: reading logs, masking, matching (`pipelines.calls`). A change of it judges nothing anew.
"""
