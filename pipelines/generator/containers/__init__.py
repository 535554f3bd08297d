"""How messages are packed into extract files: one module a family of containers, `choose` opens one by the name of its format.

Belongs here: writers with `add` and `close`. Does not: content of messages.
"""
