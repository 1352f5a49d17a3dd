"""Exceptions: ValueError for what makes no sense or contradicts itself, OSError for what cannot be read, RuntimeError for
what failed, KeyboardInterrupt; each with the program's own sentence."""
import contextlib
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tvts._engine import _native


class InputError(NamedTuple):
    """An input that could not be read."""
    path: str
    reason: str


class InputsError(OSError):
    """Inputs could not be read. `errors` names each (a list of InputError); `result` has what was made of the others.

    It is a FileNotFoundError too where no file of them is there.
    """

    def __init__(self, errors: Sequence[InputError], result: object = None, total: int | None = None) -> None:
        super().__init__(_sentence(errors, total))
        self.errors = list(errors)
        self.result = result

    def __reduce__(self) -> tuple[object, ...]:
        return type(self)._again, (self.errors, self.result, str(self))

    @classmethod
    def _again(cls, errors: list[InputError], result: object, sentence: str) -> "InputsError":
        made = cls(errors, result)
        made.args = (sentence,)
        return made


class MissingInputsError(InputsError, FileNotFoundError):
    """Inputs are not there."""


def _sentence(errors: Sequence[InputError], total: int | None) -> str:
    first = errors[0]
    said = first.reason if first.path in first.reason else f"{first.path}: {first.reason}"
    if len(errors) == 1 and total in (None, 1):
        return said
    count = f"{len(errors)} of {total}" if total else f"{len(errors)}"
    return (f"{count} inputs could not be read, the first one: {said}; .errors has all, .result the others' rows, and "
            "on_error=\"skip\" goes on without them")


def inputs_error(errors: Sequence[InputError], result: object = None, total: int | None = None) -> InputsError:
    """The exception for these."""
    missing = all(not os.path.exists(error.path) for error in errors)
    return (MissingInputsError if missing else InputsError)(errors, result, total)


def check_on_error(on_error: str) -> None:
    if on_error not in ("raise", "skip"):
        raise ValueError(f"on_error is '{on_error}'; expected \"raise\" or \"skip\"")


@contextlib.contextmanager
def reading(*paths: str) -> Iterator[None]:
    """An error about a file is a FileNotFoundError or PermissionError where one of `paths` is the reason."""
    try:
        yield
    except _native.Unreadable as error:
        for path in paths:
            if path and not os.path.exists(path):
                raise FileNotFoundError(str(error)) from None
            if path and not os.access(path, os.R_OK):
                raise PermissionError(str(error)) from None
        raise


@contextlib.contextmanager
def reading_media(path: str) -> Iterator[None]:
    """A video or picture that cannot be read is an InputsError."""
    try:
        yield
    except _native.Unreadable as error:
        raise inputs_error([InputError(path, str(error))]) from None


__all__ = ["InputError", "InputsError", "MissingInputsError", "check_on_error", "inputs_error", "reading",
           "reading_media"]
