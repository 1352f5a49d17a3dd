"""Pre-training, in this process. `tvts.pretrain` is the module for the launcher of several."""
from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Mapping
from typing import Any

from tvts._engine import _native
from tvts._errors import reading
from tvts._options import PathLike, path_bytes, set_fields
from tvts._progress import Progress, telling


@dataclasses.dataclass(frozen=True, slots=True)
class TrainStep:
    """What one step of a run was like; losses are means over its batches."""
    step: int  # from 1
    steps: int  # of the whole run
    epoch: int  # from 0
    corpus: str  # of the config, whose batch it was
    loss: float
    contrastive: float
    sorting: float | None  # of a batch that was sorted
    sort_accuracy: float | None
    matched_similarity: float  # mean cosine of the batch's matched pairs
    learning_rate_new: float  # of the parameters that CLIP lacks
    learning_rate_clip: float  # of the others
    clips_per_second: float
    wait_share: float  # of the time of the step, spent waiting for data
    replaced: int  # samples that could not be read, so far


@dataclasses.dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What a run would need."""
    processes: int  # that the config is for
    trained_parameters: int
    frozen_parameters: int
    weight_bytes: float  # bytes are of one process
    gradient_bytes: float
    moment_bytes: float
    activation_bytes: float
    multiply_adds: float  # of a step, over all processes, mean over the corpora
    seconds_per_step: float | None  # from a short measurement; None where the device is not there
    steps: int  # of the run; 0 while a corpus is missing
    missing: list[str]  # a sentence each: what the run needs and what is not there


Config = PathLike | Mapping[str, Any]


def _request(config: Config, output: PathLike | None, stage: str | None, start: PathLike | None,
             seed: int | None) -> _native.PretrainRequest:
    request = _native.PretrainRequest()
    request.config = json.dumps(config).encode() if isinstance(config, Mapping) else path_bytes(config)
    fields = {"output": output, "stage": stage, "start": start, "seed": seed}
    set_fields(request, fields, fields)
    return request


def _path(config: Config) -> str:
    return "" if isinstance(config, Mapping) else os.fspath(config)


def train(config: Config, *, output: PathLike | None = None, stage: str | None = None, start: PathLike | None = None,
          seed: int | None = None, on_step: Callable[[TrainStep], object] | None = None,
          progress: Progress = False) -> str:
    """Pre-trains a model as a config says (docs/pretraining.md), from its start or from the newest checkpoint of the run's
    folder: a call that was stopped is made again. Writes what `tvts pretrain` writes.

    config:  a JSON file, or what it would hold as a dict
    output, stage, start, seed: instead of the config's own
    on_step: called after every step; what it raises ends the call

    Returns the path of the trained model. Raises ValueError or OSError when the config or what it names cannot be read or
    makes no sense, RuntimeError when the loss is lost or another process trains in the folder, KeyboardInterrupt after a
    checkpoint.

        tvts.train("run.json", on_step=lambda step: print(step.step, step.loss))
    """
    request = _request(config, output, stage, start, seed)
    tell = None if on_step is None else lambda fields: on_step(TrainStep(**fields))
    with telling(progress, "training") as on_progress, reading(_path(config)):
        return _native.train(request, tell, on_progress)


def plan_training(config: Config, *, output: PathLike | None = None, stage: str | None = None,
                  start: PathLike | None = None, seed: int | None = None) -> TrainingPlan:
    """What the run of `train` would need; nothing is written. Takes about a second."""
    with reading(_path(config)):
        return TrainingPlan(**_native.plan_training(_request(config, output, stage, start, seed)))
