"""Supervision of the validation service's use where no log proves it: evidence of sending around it, as probabilities from counts.

Belongs here: the model and its parameters (`parameters.yaml`). Does not: judging, counting (`findings`), pages (`reports`).
"""
