"""How a video becomes clips, and a clip a row: the keywords that every call about videos takes."""
from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Union

from tvts._engine import _native

PathLike = Union[str, "os.PathLike[str]"]


class VideoKeywords(TypedDict, total=False):
    """
    window:          seconds: a row for each window of a video; None: one for each video
    stride:          seconds between windows' starts; None: the window
    num_frames:      frames of a clip, at most the model's T; None: T
    preprocess:      "tvtsv2-eval", "tvtsv2-extract" or "clip"; None: what the model file states
    pool:            "cls", or "mean" of the frames; None: what the model file states
    normalize:       rows have length 1 (True)
    stored_aspect:   ignore the sample aspect ratio (False)
    stored_rotation: ignore the rotation tag (False)
    batch_size:      clips that go through the model together (1)
    time_budget:     seconds for one video (1800)
    memory_budget:   MiB for decoding one video (1024)
    """
    window: float | None
    stride: float | None
    num_frames: int | None
    preprocess: str | None
    pool: str | None
    normalize: bool
    stored_aspect: bool
    stored_rotation: bool
    batch_size: int
    time_budget: float
    memory_budget: int


def video_options(keywords: Mapping[str, Any]) -> _native.VideoOptions:
    """Raises TypeError for a keyword that there is not."""
    options = _native.VideoOptions()
    set_fields(options, VideoKeywords.__annotations__, keywords)
    return options


def set_fields(options: object, known: Iterable[str], keywords: Mapping[str, Any]) -> None:
    """Sets what is not None; the rest keeps its default."""
    for name, value in keywords.items():
        if name not in known:
            near = difflib.get_close_matches(name, list(known), 1)
            raise TypeError(f"unknown keyword '{name}'" + (f"; the nearest one is '{near[0]}'" if near else ""))
        if value is not None:
            setattr(options, name, _native_value(value))


def _native_value(value: Any) -> Any:
    """Paths and texts as the library takes them."""
    if isinstance(value, os.PathLike):
        return os.fsencode(value)
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    if isinstance(value, (list, tuple)):
        return [_native_value(each) for each in value]
    return value


def path_bytes(path: PathLike) -> bytes:
    """As the library takes paths."""
    return os.fsencode(path)


def input_paths(inputs: PathLike | Iterable[PathLike]) -> list[bytes]:
    """One path, or many."""
    if isinstance(inputs, (str, bytes, os.PathLike)):
        return [path_bytes(inputs)]
    return [path_bytes(each) for each in inputs]


def text_list(texts: str | Iterable[str]) -> list[bytes]:
    """One text, or many. What is no UTF-8 was kept by surrogates and is given back."""
    return [text.encode("utf-8", "surrogateescape") for text in ([texts] if isinstance(texts, str) else texts)]
