"""Ask before sending: a small HTTP service that judges one message, or a batch, as the pipeline judges it, and a page to paste one into.

Belongs here: everything about HTTP. Does not: reading messages, rules, verdicts (all from `pipelines.check`). Nothing of a message is stored or logged.
"""
