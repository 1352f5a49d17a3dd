"""Probes: a simple classifier on frozen features."""
from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

import numpy as np
import numpy.typing as npt

from tvts._engine import _native, default_threads
from tvts._errors import reading
from tvts._evaluation import ClassResult
from tvts._model import ModelLike, model_source
from tvts._options import PathLike, VideoKeywords, set_fields, video_options
from tvts._progress import Progress, telling

if TYPE_CHECKING:
    from typing_extensions import Unpack


class ProbePrediction(NamedTuple):
    """What a probe says of one test item."""
    path: str  # empty: not known, as of a .npy
    start: float  # seconds
    end: float  # seconds
    label: str  # the right one
    credit: float  # towards top-1: 0 to 1; classes of equal score share it


@dataclasses.dataclass(frozen=True, slots=True)
class ProbeResult:
    """What a probe reaches on the test items. Percentages are 0 to 100."""
    classes: list[str]  # of the training items
    items: int  # of the test
    top1: float
    top5: float
    top1_interval: tuple[float, float]  # 95 %, over the choice of the test items
    mean_per_class: float  # top-1 over the classes that have test items
    per_class: list[ClassResult]
    confusion: npt.NDArray[np.uint64]  # [classes, classes], right x predicted
    losses: list[float]  # sgd: of every epoch; lbfgs: of every evaluation
    predictions: list[ProbePrediction]
    scores: npt.NDArray[np.float32]  # [items, classes]
    missing_train: list[str]  # paths with a label and no features
    missing_test: list[str]
    unlabelled_train: int  # rows left out because the list of labels lacks them
    unlabelled_test: int


class ProbeKeywords(TypedDict, total=False):
    """
    method:        "sgd" as the paper's, "lbfgs", "least-squares", "knn"
    standardize:   every dimension to mean 0 and deviation 1 over the training (False)
    seed, epochs, probe_batch, learning_rate, momentum: sgd
    l2:            lbfgs, least-squares: weight of |weights|^2 / 2; None: 1 / training items
    iterations:    lbfgs, at most
    neighbours, temperature: knn
    train_labels, test_labels: of a store a table, of FILE.npy one label a line or int64 .npy
    annotations, videos, classes, split: of a benchmark
    path_column, label_column: of tables
    """
    method: str
    standardize: bool
    seed: int
    epochs: int
    probe_batch: int
    learning_rate: float
    momentum: float
    l2: float | None
    iterations: int
    neighbours: int
    temperature: float
    train_labels: PathLike | None
    test_labels: PathLike | None
    annotations: PathLike | None
    videos: PathLike | None
    classes: PathLike | None
    split: int
    path_column: str
    label_column: str


class ProbeAndVideoKeywords(ProbeKeywords, VideoKeywords, total=False):
    """Those of ProbeKeywords and those of VideoKeywords except windows; features keep their length unless `normalize`."""


_OF_CLASSIFIER = {"method", "standardize", "seed", "epochs", "probe_batch", "learning_rate", "momentum", "l2",
                  "iterations", "neighbours", "temperature"}


def _request(keywords: ProbeAndVideoKeywords) -> _native.ProbeRequest:
    request = _native.ProbeRequest()
    given: dict[str, Any] = dict(keywords)
    request.normalize = bool(given.pop("normalize", False))
    video = {name: given.pop(name) for name in list(given) if name in VideoKeywords.__annotations__}
    options = {name: given.pop(name) for name in list(given) if name in _OF_CLASSIFIER}
    if "probe_batch" in options:
        options["batch_size"] = options.pop("probe_batch")
    probe = _native.ProbeOptions()
    set_fields(probe, options, options)
    request.probe, request.video = probe, video_options(video)
    set_fields(request, ProbeKeywords.__annotations__, given)
    return request


def probe(benchmark: str | None = None, data: PathLike | None = None, *, output: PathLike,
          train: PathLike | None = None, test: PathLike | None = None, model: ModelLike = None,
          progress: Progress = False, threads: int | None = None,
          **keywords: Unpack[ProbeAndVideoKeywords]) -> ProbeResult:
    """Trains a classifier on the features of one set, and tests it on another (docs/probe.md).

    benchmark:   "hmdb51", "ucf101" or "k400" in the folder `data`: its training and test videos; or
    train, test: a table of videos and labels (csv, tsv, jsonl), a store folder, or FILE.npy [items, E]
    output:      folder of the results, and of stores of the features of videos
    model:       for videos: of tvts.load, or the path of a model file; None: the small model
    keywords:    those of ProbeKeywords and VideoKeywords

    Raises ValueError or OSError when features, labels, videos or the model cannot be read or do not fit together,
    KeyboardInterrupt; a call that was stopped is made again.

        tvts.probe(train="train.csv", test="test.csv", output="probe", model=m, method="lbfgs").top1
    """
    request = _request(keywords)
    files = {"benchmark": benchmark, "data": data, "train": train, "test": test, "output": output}
    set_fields(request, files, files)
    model_source(model, request)
    with telling(progress, "probing") as tell, reading(*(str(each) for each in (train, test, data) if each)):
        found = _native.probe(request, tell, default_threads(threads))
    predictions, scores = found.pop("predictions")
    found["per_class"] = [ClassResult(*each) for each in found["per_class"]]
    return ProbeResult(predictions=[ProbePrediction(*each) for each in predictions], scores=scores, **found)
