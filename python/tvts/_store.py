"""Stores that `tvts embed` and `Model.fill_store` write: rows, vectors, search."""
from __future__ import annotations

import dataclasses
import functools
import math
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tvts._embeddings import Row
from tvts._engine import _native, default_threads
from tvts._errors import InputError, reading, reading_media
from tvts._options import PathLike, path_bytes

if TYPE_CHECKING:
    from tvts._model import Model


class Hit(NamedTuple):
    """A row that a query found."""
    path: str
    start: float  # seconds
    end: float  # seconds
    score: float  # dot product
    p: float | None  # the chance that a text unlike it scores as high; of texts, where the store has score statistics
    z: float | None
    p_is_bound: bool  # the chance is below p


@dataclasses.dataclass(frozen=True, slots=True)
class StoreReport:
    """What a call of Model.fill_store did."""
    pending: int  # inputs that were to be embedded
    stored_before: int  # inputs that the store had already
    failed_before: int  # inputs that were not tried again
    rows: int  # that the store holds now
    replaced: int  # rows whose file had changed
    vanished: int  # rows whose file is gone
    errors: list[InputError]  # inputs that could not be read, this time


class _Rows(Sequence[Row]):
    """Rows of a store, each read when it is asked for."""

    def __init__(self, native: _native.Store) -> None:
        self._native = native

    def __len__(self) -> int:
        return self._native.size

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(f"row {index} of a store of {len(self)} rows")
        return Row(*self._native.row(place))


class Store:
    """A store, opened for search. It may be used from many threads, and is pickled by its path.

    rows:       a Row each, read when asked for
    dim:        E
    model_path: where the model that made the rows was; "": not known
    """

    def __init__(self, native: _native.Store, path: str) -> None:
        self._native = native
        self.path = path
        self.dim: int = native.dim
        self.model_path: str = native.model_path
        self.rows: Sequence[Row] = _Rows(native)

    @classmethod
    def open(cls, path: PathLike) -> Store:
        """A folder, or v.npy with v.jsonl beside it. Raises FileNotFoundError, and ValueError naming file and row."""
        with reading(os.fspath(path)):
            return cls(_native.Store.open(path_bytes(path)), os.fspath(path))

    def __reduce__(self) -> tuple[object, ...]:
        return Store.open, (os.path.abspath(self.path),)

    def __len__(self) -> int:
        return self._native.size

    def __repr__(self) -> str:
        return f"Store({self.path}, {len(self)} rows of {self.dim} numbers)"

    @functools.cached_property
    def pieces(self) -> list[npt.NDArray[np.float32]]:
        """The vectors as they lie in the store's mapped files, in the order of the rows: read-only arrays [n, E] that need
        no memory of their own."""
        return [piece for _, piece in self._native.pieces()]

    @functools.cached_property
    def vectors(self) -> npt.NDArray[np.float32]:
        """float32 [rows, E]. Of a store of one piece the mapped file itself, read-only; of several a copy, made once."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        return np.concatenate(self.pieces) if self.pieces else np.zeros((0, self.dim), np.float32)

    def load_model(self, pretrained: PathLike | None = None, *, device: str = "cpu") -> Model:
        """The model that made the rows, from where it was or from `pretrained`. Raises ValueError when that is another."""
        from tvts._model import Model

        file = os.fspath(pretrained) if pretrained is not None else ""
        with reading(file or self.model_path):
            native = self._native.load_model(path_bytes(file), device)
        return Model(native, {"model": None, "device": device, "activation": None, "special_tokens": None})

    def search(self, query: str | PathLike | npt.ArrayLike, k: int = 10, *, model: Model | None = None,
               min_score: float = -math.inf, max_p: float | None = None, min_z: float | None = None,
               per_video: bool = False, threads: int | None = None) -> list[Hit]:
        """The rows nearest to a query, best first.

        query:     a text; a video or picture (a path: pathlib.Path, to tell it from a text); or a vector [E] of length 1
        model:     that made the rows; None: load_model(), kept for the next call
        min_score: leave out hits below it; max_p, min_z likewise, of texts alone (docs/formats-store.md)
        per_video: of each video its best window only

        Returns Hits: .path .start .end .score .p

            store.search("a dog catches a ball", k=10, model=m)
        """
        is_text = isinstance(query, str)
        vector = self._query_vector(query, model)
        return [Hit(*each) for each in self._native.search(vector, is_text, k, min_score, max_p, min_z, per_video,
                                                           default_threads(threads))]

    def _query_vector(self, query: Any, model: Model | None) -> npt.NDArray[np.float32]:
        if isinstance(query, str):
            return (model or self._own_model).embed_texts([query]).reshape(-1)
        if isinstance(query, os.PathLike):
            with reading_media(os.fspath(query)):
                return self._native.encode_query((model or self._own_model)._native, path_bytes(query))
        return np.asarray(query, dtype=np.float32).reshape(-1)

    @functools.cached_property
    def _own_model(self) -> Model:
        return self.load_model()
