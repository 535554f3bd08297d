"""The one error of this package: a rule file that cannot be used. It names the file, the field and the way out."""


class RuleError(Exception):
    """A rule file is wrong. Never caught to carry on: a rule that did not load must not look like a rule that passed."""

    exit_code = 6
