"""The training data of `tvts pretrain` for loops of one's own: the same clips, texts and order (docs/pretraining.md).

    run = tvts.data.VideoTextDataset.from_config("run.json")
    for sample in torch.utils.data.DataLoader(run, batch_size=32, num_workers=2):
        video, ids = sample["video"], sample["ids"]      # [32, T, 3, R, R], [32, K, L]
"""
from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from typing import Any

import torch
from typing_extensions import Self

from tvts._engine import _native
from tvts._errors import reading
from tvts._options import PathLike, path_bytes


class VideoTextDataset(torch.utils.data.IterableDataset[dict[str, Any]]):
    """One epoch of a run's training corpora: samples in the order in which the run takes them, decoded by the library, with
    its cache and its rule for bad samples. Another epoch: set_epoch().

    A sample is a dict: video float32 [T, 3, R, R], normalised; ids int64 [K, L], of its K texts; corpus, its name; epoch;
    and keep int64 [n], the cells of its tube mask, where the run masks.

    The workers of a DataLoader share the samples of each batch, so that each is given once; so do the ranks of
    torch.distributed. The batch of the config has to divide by their number. It is pickled by the config's path.
    """

    def __init__(self, config: PathLike, *, batches: bool = False, first_step: int = 0) -> None:
        """config: of `tvts pretrain`, a JSON file. batches: whole batches of a step instead of samples, [B, ...], with
        ids up to the end of the longest text, for DataLoader(batch_size=None). first_step: where to begin. Raises FileNotFoundError, ValueError."""
        super().__init__()
        self.path = os.path.abspath(os.fspath(config))
        self.batches = batches
        self.first_step = first_step
        with reading(self.path):
            _native.read_config(path_bytes(self.path))

    @classmethod
    def from_config(cls, config: PathLike, *, batches: bool = False, first_step: int = 0) -> Self:
        """The same."""
        return cls(config, batches=batches, first_step=first_step)

    def set_epoch(self, epoch: int) -> None:
        """The next iteration gives this epoch, counted from 0."""
        self.first_step = epoch * self.steps_per_epoch

    @functools.cached_property
    def steps_per_epoch(self) -> int:
        """Steps of an epoch: until the shortest corpus has given every batch once, or what the config states."""
        return self._stream(0, 1).steps_per_epoch

    def __iter__(self) -> Iterator[dict[str, Any]]:
        rank, size = _place()
        stream = self._stream(rank, size)
        for _ in range(stream.steps_per_epoch - self.first_step % stream.steps_per_epoch):
            corpus, epoch, video, ids, keep, segments = stream.next()
            ids = ids.view(video.shape[0], segments, -1)
            step: dict[str, Any] = {"video": video, "ids": ids, **({} if keep is None else {"keep": keep})}
            if self.batches:
                yield {**step, "corpus": corpus, "epoch": epoch}
                continue
            step["ids"] = torch.nn.functional.pad(ids, (0, stream.context_length - ids.shape[-1]))  # of one length in all
            for place in range(len(video)):
                yield {**{name: values[place] for name, values in step.items()}, "corpus": corpus, "epoch": epoch}

    def _stream(self, rank: int, size: int) -> _native.Batches:
        config = _native.read_config(path_bytes(self.path))
        return _native.Batches(config, rank, size, self.first_step)


def _place() -> tuple[int, int]:
    """This process among all that share the samples: the workers of each rank."""
    worker = torch.utils.data.get_worker_info()
    workers, number = (worker.num_workers, worker.id) if worker is not None else (1, 0)
    distributed = torch.distributed.is_available() and torch.distributed.is_initialized()
    rank, ranks = (torch.distributed.get_rank(), torch.distributed.get_world_size()) if distributed else (0, 1)
    return rank * workers + number, ranks * workers
