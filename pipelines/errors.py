"""Errors a user may see. They are shown as one line, without a traceback, and end the program with their exit code.

Belongs here: the base class and its few kinds. Does not: messages that quote a value of a message (never allowed).
"""


class UserError(Exception):
    """Something the user can put right. The text says where (file, field), what is accepted, and the next command."""

    exit_code = 2


class InputError(UserError):
    """A file given by the user cannot be used."""

    exit_code = 3


class NotBuiltError(UserError):
    """A table or report was asked for before the command that makes it has run."""

    exit_code = 4


class BusyError(UserError):
    """Another process of ours is writing to the same data folder."""

    exit_code = 5
