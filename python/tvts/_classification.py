"""What classification gives."""
from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tvts._errors import InputError


class ScoredLabel(NamedTuple):
    label: str
    score: float  # cosine
    probability: float  # softmax of all labels' scores over the temperature of training, 0.05


@dataclasses.dataclass(frozen=True, slots=True)
class ClassifiedRow:
    """The labels that a video, or one window of it, is nearest to; the best first."""
    path: str
    start: float  # seconds
    end: float  # seconds
    labels: list[ScoredLabel]


class Classification(Sequence[ClassifiedRow]):
    """A ClassifiedRow for each row, in the order of the inputs; `errors`: inputs that could not be read.

    >>> found = Classification([ClassifiedRow("a.mp4", 0, 5, [ScoredLabel("run", 0.3, 0.8)])])
    >>> found[0].labels[0].label, len(found)
    ('run', 1)
    """

    def __init__(self, rows: Sequence[ClassifiedRow], errors: Sequence[InputError] = ()) -> None:
        self.rows = list(rows)
        self.errors = list(errors)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]  # a row, or of a slice a list
        return self.rows[index]

    def __iter__(self) -> Iterator[ClassifiedRow]:
        return iter(self.rows)

    def __repr__(self) -> str:
        failed = f", {len(self.errors)} errors" if self.errors else ""
        return f"Classification({len(self.rows)} rows{failed})"
