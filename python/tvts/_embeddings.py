"""What embedding gives: vectors, and what each of them shows."""
from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tvts._errors import InputError


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """What one vector shows: a whole video, or one window of it."""
    path: str
    start: float  # seconds
    end: float  # seconds
    warnings: list[str]
    frame_seconds: list[float]  # of the frames that were used
    caption: str = ""  # where the input states it
    label: str = ""


class Embeddings:
    """Vectors of videos, in the order of the inputs: an array to numpy and torch, with `rows` beside.

    vectors: float32 [N, E], of length 1 unless asked otherwise.
    rows:    [N], a Row each: path, start, end, warnings.
    errors:  inputs that could not be read (on_error="skip"), an InputError each: path, reason.

    >>> import numpy as np
    >>> rows = [Row("a.mp4", 0, 5, [], []), Row("b.mp4", 0, 9, [], [])]
    >>> v = Embeddings(np.eye(2, dtype=np.float32), rows)
    >>> len(v), v.shape, np.asarray(v).dtype
    (2, (2, 2), dtype('float32'))
    >>> (v @ v.T).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    >>> v[1:].rows[0].path
    'b.mp4'
    """
    __slots__ = ("errors", "rows", "vectors")
    __array_priority__ = 1000  # array @ embeddings comes here

    def __init__(self, vectors: npt.NDArray[np.float32], rows: Sequence[Row], errors: Sequence[InputError] = ()) -> None:
        if vectors.ndim != 2 or len(vectors) != len(rows):
            raise ValueError(f"vectors of the shape {vectors.shape} and {len(rows)} rows; expected [N, E] and N")
        self.vectors = vectors
        self.rows = list(rows)
        self.errors = list(errors)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.vectors.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.vectors.dtype

    @property
    def T(self) -> npt.NDArray[np.float32]:  # noqa: N802  numpy's name
        """The vectors as columns: [E, N]."""
        return self.vectors.T

    @property
    def paths(self) -> list[str]:
        return [row.path for row in self.rows]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[npt.NDArray[np.float32]]:
        return iter(self.vectors)

    @overload
    def __getitem__(self, index: int | np.integer[Any]) -> npt.NDArray[np.float32]: ...
    @overload
    def __getitem__(self, index: slice | Sequence[int] | npt.NDArray[Any]) -> Embeddings: ...
    def __getitem__(self, index: Any) -> npt.NDArray[np.float32] | Embeddings:
        """One vector [E] by a number; Embeddings by a slice, a list of numbers or a mask."""
        if isinstance(index, slice):
            return Embeddings(self.vectors[index], self.rows[index])
        if isinstance(index, (int, np.integer)):
            vector: npt.NDArray[np.float32] = self.vectors[index]
            return vector
        places = np.arange(len(self))[np.asarray(index)]
        return Embeddings(self.vectors[places], [self.rows[place] for place in places])

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> npt.NDArray[Any]:
        if copy or (dtype is not None and np.dtype(dtype) != self.vectors.dtype):
            return self.vectors.astype(dtype or self.vectors.dtype)
        return self.vectors

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **others: Any) -> Any:
        plain = [each.vectors if isinstance(each, Embeddings) else each for each in inputs]
        return getattr(ufunc, method)(*plain, **others)

    def __matmul__(self, other: Any) -> Any:
        return self.vectors @ (other.vectors if isinstance(other, Embeddings) else other)

    def __rmatmul__(self, other: Any) -> Any:
        return other @ self.vectors

    def __dlpack__(self, **others: Any) -> Any:
        return self.vectors.__dlpack__(**others)

    def __dlpack_device__(self) -> tuple[int, int]:
        return self.vectors.__dlpack_device__()

    def __repr__(self) -> str:
        failed = f", {len(self.errors)} errors" if self.errors else ""
        return f"Embeddings({self.vectors.shape[0]} rows of {self.vectors.shape[1]} numbers{failed})"
