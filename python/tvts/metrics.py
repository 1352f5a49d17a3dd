"""The measures of `tvts eval`, over a matrix of similarities: numpy arrays or torch tensors.

>>> import numpy as np
>>> from tvts import metrics
>>> found = metrics.retrieval(np.eye(3))
>>> found.t2v["r1"], found.v2t["mean_rank"]
(100.0, 1.0)
"""
from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tvts._engine import _native


@dataclasses.dataclass(frozen=True, slots=True)
class Retrieval:
    """Text-to-video (t2v) and video-to-text (v2t): queries, r1, r5, r10, r50 (percent), geometric_mean (of r1, r5, r10),
    median_rank, mean_rank; and the ranks themselves, 1 is best."""
    t2v: dict[str, float]
    v2t: dict[str, float]
    t2v_ranks: npt.NDArray[np.float64]  # of each text
    v2t_ranks: npt.NDArray[np.float64]  # of each video; may be halves


class Interval(NamedTuple):
    """A mean and its percentile bootstrap interval: how far it may be off by the choice of the items."""
    mean: float
    low: float
    high: float


def _numbers(values: Any, dtype: type[np.floating[Any]] = np.float32) -> npt.NDArray[Any]:
    return np.asarray(values.detach().cpu() if hasattr(values, "detach") else values, dtype=dtype)


def _matrix(similarity: Any) -> npt.NDArray[np.float32]:
    matrix = _numbers(similarity)
    if matrix.ndim != 2:
        raise ValueError(f"a matrix of the shape {matrix.shape}; expected two axes, [texts, videos] or [items, classes]")
    return matrix


def _retrieval(similarity: Any, video_of_text: Any, ties: str, scale: float | None) -> Retrieval:
    matrix = _matrix(similarity)
    if video_of_text is None:
        if matrix.shape[0] != matrix.shape[1]:
            raise ValueError(f"similarity of the shape {matrix.shape}; expected [N, N], or video_of_text for each text")
        video_of_text = range(matrix.shape[0])
    t2v, v2t = _native.retrieval_ranks(matrix, [int(video) for video in video_of_text], ties, scale)
    return Retrieval(_native.retrieval_metrics(t2v), _native.retrieval_metrics(v2t), t2v, v2t)


def retrieval(similarity: Any, video_of_text: Any = None, *, ties: str = "published") -> Retrieval:
    """Retrieval from similarities [texts, videos].

    video_of_text: [texts], the video that each text describes; None: text i describes video i
    ties:          "published": a text's rank is the best of those that its video shares with equal scores, as in the
                   published evaluation; "mean": their mean, so that no model gains by ties

    Raises ValueError where sizes do not fit, a video has no text or a similarity is NaN.
    """
    return _retrieval(similarity, video_of_text, ties, None)


def dual_softmax(similarity: Any, video_of_text: Any = None, *, scale: float = 100, ties: str = "published") -> Retrieval:
    """The same by dual softmax (DSL): each similarity times its softmax along the other axis. It looks at all queries
    together, so it is no retrieval of one query."""
    return _retrieval(similarity, video_of_text, ties, scale)


def top_k(scores: Any, labels: Any, k: int = 1) -> npt.NDArray[np.float64]:
    """What each item counts towards top-k, in [0, 1]: float64 [items]; 100 * its mean is the accuracy in percent.

    scores: [items, classes]; labels: [items], the right class of each. Ties are shared, so that a model which gives
    everything the same score gets what guessing gets. Raises ValueError where sizes do not fit or a score is NaN.

    >>> top_k([[0.9, 0.1], [0.2, 0.2]], [0, 1]).tolist()
    [1.0, 0.5]
    """
    return _native.top_k_credits(_matrix(scores), [int(label) for label in labels], k)


def bootstrap(values: Any, *, resamples: int = 10000, confidence: float = 0.95, seed: int = 0) -> Interval:
    """The interval of the mean of values, one an item (top_k(), or 100 * (ranks <= 1)), over items drawn with replacement.

    >>> bootstrap([1, 1, 1])
    Interval(mean=1.0, low=1.0, high=1.0)
    """
    return Interval(*_native.bootstrap_mean(_numbers(values, np.float64), resamples, confidence, seed))
