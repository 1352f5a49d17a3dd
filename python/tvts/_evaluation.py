"""Evaluation on benchmarks as they lie on the disk."""
from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, overload

import numpy as np
import numpy.typing as npt

from tvts._engine import _native, default_threads
from tvts._errors import reading
from tvts._model import ModelLike, model_source
from tvts._options import PathLike, VideoKeywords, set_fields, text_list, video_options
from tvts._progress import Progress, telling

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Measure(NamedTuple):
    """A number that an evaluation gives."""
    key: str  # "t2v_r1"
    title: str  # "text to video, R@1"
    value: float
    interval: tuple[float, float] | None  # 95 %, of means, by the bootstrap over the items
    decimals: int  # that a table shows


class EvaluatedItem(NamedTuple):
    """What became of one question of a benchmark."""
    question: str  # "t2v", "v2t", "action", "choice"
    video: str  # its name in the annotations
    text: str  # t2v: the query; action: the right class; choice: the right option; v2t: empty
    credit: float  # towards R@1 or top-1: 0 to 100
    rank: float  # of what is right, 1 is best
    dsl_rank: float | None  # with the dual softmax, where the benchmark has it
    predictions: list[tuple[str, float]]  # (text, cosine), best first


class ClassResult(NamedTuple):
    """Accuracy over the items of one class."""
    name: str
    items: int
    top1: float  # percent


class MissingVideo(NamedTuple):
    """A video without features, whose items were left out."""
    video: str  # its name in the annotations
    status: str  # "missing", "unreadable"
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out of one benchmark. evaluation["t2v_r1"] is the value of a measure."""
    benchmark: str
    measures: dict[str, Measure]  # by key, in the order of the tables
    items: list[EvaluatedItem]
    classes: list[ClassResult]  # of actions
    confusion: npt.NDArray[np.uint64] | None  # [classes, classes], right x predicted; None where they are too many
    missing: list[MissingVideo]
    differences: list[str]  # in what this is not the paper's protocol
    manifest: dict[str, Any]  # everything that decided the result (docs/evaluation.md)

    def __getitem__(self, key: str) -> float:
        return self.measures[key].value

    def __str__(self) -> str:
        return "\n".join([self.benchmark] + [f"  {each.title}: {each.value:.{each.decimals}f}"
                                             for each in self.measures.values()])


class BenchmarkCheck(NamedTuple):
    """What of a benchmark is there."""
    benchmark: str
    videos: int  # that it has
    missing: list[MissingVideo]


class EvaluateKeywords(TypedDict, total=False):
    """
    annotations, form, videos, classes: where the parts of a benchmark lie, and their form; None: looked for in `data`
    split:           of HMDB-51 and UCF-101, 1 to 3
    captions:        MSR-VTT: "one", as the 1k-A protocol takes it, or "all"
    first_row:       of a list: "auto", "header" or "data"
    path_column, caption_column, label_column: of a table of your own
    templates:       sentences with {} in place of a class; None: the data set's, else the paper's
    ties:            text to video: "published", the best of equal ranks, or "mean"
    short_clips:     frames that a video lacks: "zeros" (published) or "repeat"
    frame_count:     frames to choose from: "decoded", or "promised" as the published reader counts
    seed, resamples: of the bootstrap
    video_features, text_features: of "retrieval", instead of a model: FILE.npy [videos, E] and [texts, E]
    output:          folder of the results, and of the embedded videos ("evaluation")
    overwrite:       embed all videos anew; else what is there already is not embedded again (False)
    retry_failed:    try again the videos that failed before (False)
    """
    annotations: PathLike | None
    form: str | None
    videos: PathLike | None
    classes: PathLike | None
    split: int
    captions: str
    first_row: str
    path_column: str
    caption_column: str
    label_column: str
    templates: Sequence[str] | None
    ties: str
    short_clips: str
    frame_count: str
    seed: int
    resamples: int
    video_features: PathLike | None
    text_features: PathLike | None
    output: PathLike
    overwrite: bool
    retry_failed: bool


class EvaluateAndVideoKeywords(EvaluateKeywords, VideoKeywords, total=False):
    """Those of EvaluateKeywords, and those of VideoKeywords except windows."""


def evaluation_request(benchmarks: str | Iterable[str], data: PathLike | None,
                       keywords: EvaluateAndVideoKeywords) -> _native.EvaluateRequest:
    request = _native.EvaluateRequest()
    request.benchmarks = text_list(benchmarks)
    set_fields(request, {"data": None}, {"data": data})
    own = {name: value for name, value in keywords.items() if name not in VideoKeywords.__annotations__}
    set_fields(request, EvaluateKeywords.__annotations__, own)
    request.video = video_options({name: value for name, value in keywords.items() if name not in own})
    return request


def _evaluation(fields: tuple[Any, ...]) -> Evaluation:
    benchmark, measures, items, classes, confusion, missing, differences, manifest = fields
    return Evaluation(benchmark, {each[0]: Measure(*each) for each in measures}, [EvaluatedItem(*each) for each in items],
                      [ClassResult(*each) for each in classes], confusion, [MissingVideo(*each) for each in missing],
                      differences, json.loads(manifest))


@overload
def evaluate(benchmarks: str, data: PathLike | None = None, *, model: ModelLike = None, progress: Progress = False,
             threads: int | None = None, **keywords: Unpack[EvaluateAndVideoKeywords]) -> Evaluation: ...


@overload
def evaluate(benchmarks: list[str] | tuple[str, ...], data: PathLike | None = None, *, model: ModelLike = None,
             progress: Progress = False, threads: int | None = None,
             **keywords: Unpack[EvaluateAndVideoKeywords]) -> list[Evaluation]: ...


def evaluate(benchmarks: str | list[str] | tuple[str, ...], data: PathLike | None = None, *, model: ModelLike = None,
             progress: Progress = False, threads: int | None = None,
             **keywords: Unpack[EvaluateAndVideoKeywords]) -> Evaluation | list[Evaluation]:
    """Evaluates a model, or features made elsewhere, on benchmarks by the paper's protocols (docs/evaluation.md).

    benchmarks: "msrvtt", "didemo", "lsmdc", "webvid", "hmdb51", "ucf101", "k400", "ssv2-mc"; "retrieval", "actions", "mc"
                for tables of your own; or several
    data:       folder of the data set, or of several, each under its name; of a table of your own: the file
    model:      of tvts.load, or the path of a model file; None: the small model
    keywords:   those of EvaluateKeywords and VideoKeywords

    Embeds what of the videos is not in output/BENCHMARK/videos yet, and writes what `tvts eval` writes. Returns an
    Evaluation, or a list of them where `benchmarks` is not one name. Raises ValueError or OSError when annotations,
    features or the model cannot be read or no video is there, KeyboardInterrupt; a call that was stopped is made again.

        tvts.evaluate("msrvtt", data="MSRVTT", model=m)["t2v_r1"]
    """
    request = evaluation_request(benchmarks, data, keywords)
    loaded = model_source(model, request)
    with telling(progress, "evaluating") as tell, reading(str(data or "")):
        found = [_evaluation(each) for each in _native.evaluate(loaded, request, tell, default_threads(threads))]
    return found[0] if isinstance(benchmarks, str) else found


def check_benchmarks(benchmarks: str | Iterable[str], data: PathLike | None = None, *, progress: Progress = False,
                     threads: int | None = None, **keywords: Unpack[EvaluateAndVideoKeywords]) -> list[BenchmarkCheck]:
    """Looks for missing and unreadable videos, without a model. Takes what `evaluate` takes."""
    request = evaluation_request(benchmarks, data, keywords)
    with telling(progress, "looking") as tell, reading(str(data or "")):
        found = _native.check_benchmarks(request, tell, default_threads(threads))
    return [BenchmarkCheck(name, videos, [MissingVideo(*each) for each in missing]) for name, videos, missing in found]
