"""The one tree of errors that simtui raises on purpose.

A front end catches `SimtuiError` and shows it; anything else that escapes is a defect.
"""


class SimtuiError(Exception):
    """Something a person can act on: what is wrong, where, and the next step.

    `problem` says what is wrong, `place` names the file, record or field, `next_step` what to do.
    All three are plain text and may hold a user's words: show them through `simtui.text`.
    """

    def __init__(self, problem: str, *, place: str = "", next_step: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.place = place
        self.next_step = next_step

    def __str__(self) -> str:
        head = f"{self.place}: {self.problem}" if self.place else self.problem
        return f"{head} {self.next_step}" if self.next_step else head


class InputError(SimtuiError):
    """A value that a person typed, or a field of a file they gave, is not usable."""


class NotFound(SimtuiError):
    """The line, act, offer or file that was asked for does not exist."""


class ConfigError(SimtuiError):
    """The settings file cannot be used as it is."""


class UsageError(SimtuiError):
    """The command line asks for something that does not go together."""
