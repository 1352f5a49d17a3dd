"""What a model attends to in a video."""
from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tvts._engine import _native
from tvts._errors import reading_media
from tvts._model import ModelLike, model_source
from tvts._options import PathLike, VideoKeywords, input_paths, path_bytes, set_fields, video_options

if TYPE_CHECKING:
    from typing_extensions import Unpack


class FrameAttention(NamedTuple):
    """Of one frame, in the mean of the heads."""
    share: float  # of all the query's attention
    peak_row: int  # of the patch that has most of it
    peak_column: int


@dataclasses.dataclass(frozen=True, slots=True)
class AttentionMaps:
    """The CLS query's weights. With its weight of the CLS key those of one head sum to 1 over all frames together."""
    patches: npt.NDArray[np.float32]  # [H, T, rows, columns]; NaN where the mask took the patch away
    cls: npt.NDArray[np.float32]  # [H]: the weight of the CLS key
    layer: int  # from 0
    frame_seconds: list[float]  # [frames of the clip]
    frame_indices: list[int]
    kept_patches: list[int]  # rising, of each frame's rows * columns; empty: there was no mask
    frames: list[FrameAttention]


@dataclasses.dataclass(frozen=True, slots=True)
class PatchAttention:
    """What one patch's query attends to over time. Each head's weights sum to 1."""
    weights: npt.NDArray[np.float32]  # [H, 1 + T]: the CLS key, and then the patch's own cell in every frame
    mean: npt.NDArray[np.float32]  # [1 + T]: the mean of the heads
    layer: int
    frame_seconds: list[float]
    frame_indices: list[int]
    kept_patches: list[int]


def _request(path: PathLike, model: ModelLike, video: VideoKeywords, fields: dict[str, Any]) -> _native.AttentionRequest:
    request = _native.AttentionRequest()
    request.path = path_bytes(path)
    request.outputs = input_paths(fields.pop("outputs"))
    set_fields(request, fields, fields)
    request.video = video_options(video)
    model_source(model, request, precision="auto")  # the plain model computes weights, in fp32
    return request


def attention_maps(path: PathLike, *, model: ModelLike = None, layer: int = -1, per_head: bool = False,
                   start: float | None = None, end: float | None = None, mask_ratio: float = 0, seed: int = 0,
                   outputs: PathLike | Sequence[PathLike] = (), frames_per_second: int = 2,
                   **video: Unpack[VideoKeywords]) -> AttentionMaps:
    """The attention of the CLS token over the patches of a video's frames (docs/attention.md).

    layer:      block of the model, from 0; from the end with -1, -2, ...
    per_head:   every head for itself; else their mean, as one head
    start, end: seconds: only frames from here on, only frames before
    mask_ratio: take away this share of patches, as pre-training does, by `seed`
    outputs:    files to write: .mp4 or .gif (frames beside their maps), .png (contact sheet), .npy (the weights)

    Raises OSError when the video cannot be read, ValueError when an option makes no sense for this model.

        tvts.attention_maps("a.mp4", model=m).patches.mean(axis=0)
    """
    request = _request(path, model, video, {"layer": layer, "per_head": per_head, "start": start, "end": end,
                                            "mask_ratio": mask_ratio, "seed": seed, "outputs": outputs,
                                            "frames_per_second": frames_per_second})
    with reading_media(str(path)):
        (at_layer, seconds, indices, kept), patches, cls, frames = _native.attention_maps(request)
    return AttentionMaps(patches, cls, at_layer, seconds, indices, kept, [FrameAttention(*each) for each in frames])


def attention_over_time(path: PathLike, frame: int, row: int, column: int, *, model: ModelLike = None, layer: int = -1,
                        per_head: bool = False, start: float | None = None, end: float | None = None,
                        mask_ratio: float = 0, seed: int = 0, outputs: PathLike | Sequence[PathLike] = (),
                        **video: Unpack[VideoKeywords]) -> PatchAttention:
    """The attention over time of one patch, given by its frame, row and column from 0. Takes what `attention_maps` takes;
    outputs: .svg, .html, .npy. Raises as it, and ValueError for a patch that is outside of the clip or masked."""
    request = _request(path, model, video, {"layer": layer, "per_head": per_head, "start": start, "end": end,
                                            "mask_ratio": mask_ratio, "seed": seed, "outputs": outputs})
    with reading_media(str(path)):
        (at_layer, seconds, indices, kept), weights, mean = _native.attention_over_time(request, frame, row, column)
    return PatchAttention(weights, mean, at_layer, seconds, indices, kept)
