"""The frames that tvts uses of a video."""
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tvts._engine import _native
from tvts._errors import reading_media
from tvts._options import PathLike, path_bytes, set_fields


class Clip:
    """Frames, resized and cropped as a model gets them: an array uint8 [T, R, R, 3] to numpy.

    pixels:        uint8 [T, R, R, 3], RGB, not yet normalised; without a copy
    seconds:       float64 [T], the time of each frame
    frame_indices: int64 [T], counted from the video's first frame
    start, end:    seconds, of the clip
    still_image:   of a picture, which has one frame by its nature
    warnings:      what is wrong with the file, a list of sentences
    """
    __slots__ = ("_held", "end", "frame_indices", "pixels", "seconds", "start", "still_image", "warnings")

    def __init__(self, held: _native.HeldClip) -> None:
        self._held = held
        self.pixels: npt.NDArray[np.uint8] = held.pixels
        self.seconds = np.asarray(held.seconds, dtype=np.float64)
        self.frame_indices = np.asarray(held.frame_indices, dtype=np.int64)
        self.start, self.end = held.start, held.end
        self.still_image = held.still_image
        self.warnings = held.warnings

    def __reduce__(self) -> tuple[object, ...]:
        return _clip, (self.pixels, self.start, self.end, self.seconds, self.frame_indices, self.still_image, self.warnings)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.pixels.shape

    def __len__(self) -> int:
        return len(self.pixels)

    def __getitem__(self, index: Any) -> Any:
        return self.pixels[index]

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.pixels, dtype=dtype, copy=copy) if copy or dtype is not None else self.pixels

    def __dlpack__(self, **others: Any) -> Any:
        return self.pixels.__dlpack__(**others)

    def __dlpack_device__(self) -> tuple[int, int]:
        return self.pixels.__dlpack_device__()

    def __repr__(self) -> str:
        return f"Clip({len(self)} frames of {self.shape[1]} x {self.shape[2]}, {self.start:g} s to {self.end:g} s)"


def _clip(*fields: Any) -> Clip:
    return Clip(_native.HeldClip.of(*fields))


_READ_KEYWORDS = ("stored_aspect", "stored_rotation", "time_budget", "memory_budget")


def read_clip(path: PathLike, num_frames: int = 12, start: float | None = None, end: float | None = None, *,
              image_size: int = 224, preprocess: str = "tvtsv2-eval", **keywords: Any) -> Clip:
    """One clip of a video or picture: the frames that tvts would use of it.

    num_frames:  the most frames; fewer where the video has fewer
    start, end:  seconds: of this part alone, frames with start <= time < end
    image_size:  R, pixels of both sides
    preprocess:  how frames are chosen, resized and cropped: "tvtsv2-eval", "tvtsv2-extract" or "clip"
    keywords:    stored_aspect, stored_rotation, time_budget (seconds), memory_budget (MiB)

    Returns a Clip: uint8 [T, R, R, 3], .seconds, .warnings. Raises InputsError (an OSError; a FileNotFoundError where
    the file is not there) when not one frame is to be had, ValueError when an option makes no sense.

        clip = tvts.read_clip("a.mp4", num_frames=12, start=3.0, end=9.0)
        frames = torch.from_numpy(clip.pixels)
    """
    options = _native.ReadOptions()
    set_fields(options, _READ_KEYWORDS, keywords)
    options.num_frames, options.image_size, options.preprocess = num_frames, image_size, preprocess
    options.start, options.end = start, end
    with reading_media(str(path)):
        return Clip(_native.read_clip(path_bytes(path), options))
