"""open_clip's contract: the names that its users have in their code."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch

from tvts._clips import Clip
from tvts._engine import _native
from tvts._model import Model, load
from tvts._options import PathLike, text_list

_LOCAL = "local-dir:"


def list_models() -> list[str]:
    """The published models' names.

    >>> import tvts
    >>> tvts.list_models()
    ['ViT-B-32', 'ViT-B-16', 'ViT-H-14']
    """
    return _native.model_names()


class Tokenizer:
    """Texts to ids: int64 [texts, L], L the context length.

    >>> import tvts
    >>> tvts.get_tokenizer("ViT-B-32")(["a dog", "a cat"]).shape
    torch.Size([2, 77])
    """

    def __init__(self, model: str, context_length: int | None, special_tokens: str) -> None:
        self._made_of = (model, context_length, special_tokens)
        self._native = (_native.Tokenizer.of_model(model, special_tokens) if context_length is None
                        else _native.Tokenizer.of_length(context_length, special_tokens))
        self.context_length: int = self._native.context_length
        self.vocab_size: int = self._native.vocab_size

    def __call__(self, texts: str | Iterable[str], context_length: int | None = None) -> torch.Tensor:
        if context_length not in (None, self.context_length):
            return Tokenizer(self._made_of[0], context_length, self._made_of[2])(texts)
        return self._native.encode(text_list(texts))

    def __reduce__(self) -> tuple[object, ...]:
        return Tokenizer, self._made_of


def get_tokenizer(model_name: str, context_length: int | None = None, *, special_tokens: str = "openai") -> Tokenizer:
    """The tokenizer of a published model. Raises ValueError for an unknown name."""
    return Tokenizer(model_name, context_length, special_tokens)


class Preprocess:
    """From a file, a picture or frames to what the model takes: float32 [T, 3, R, R], of a picture [3, R, R].

    It takes a path, a tvts.Clip, a PIL image, or an array uint8 [T, H, W, 3] or [H, W, 3] RGB.
    """

    def __init__(self, model: Model) -> None:
        self._model = model

    def __call__(self, media: Any) -> torch.Tensor:
        clip = self._clip(media)
        pixels = self._model.pixel_values(clip)[0]
        return pixels[0] if clip.still_image else pixels

    def _clip(self, media: Any) -> Clip:
        if isinstance(media, Clip):
            return media
        if isinstance(media, (str, bytes)) or hasattr(media, "__fspath__"):
            return self._model.read_clips(media)[0]
        frames = np.asarray(media.convert("RGB") if hasattr(media, "convert") else media)
        if frames.ndim == 3:
            return self._model.clip_of_frames(frames[None], still_image=True)
        return self._model.clip_of_frames(frames)


def _place(model_name: str, pretrained: PathLike | None) -> tuple[str | None, PathLike | None]:
    """open_clip's schemas: a name, or local-dir:PATH."""
    if model_name.startswith("hf-hub:"):
        raise ValueError(f"{model_name}: tvts downloads nothing; fetch the files yourself and give their folder as "
                         f"{_LOCAL}FOLDER, or the weights as pretrained=FILE")
    if model_name.startswith(_LOCAL):
        return None, _weights_in(model_name.removeprefix(_LOCAL))
    return model_name, pretrained


def _weights_in(folder: str) -> str:
    """The file of weights in a folder, by the names that open_clip and Hugging Face give it."""
    import pathlib

    names = ("open_clip_model.safetensors", "open_clip_pytorch_model.safetensors", "open_clip_pytorch_model.bin",
             "model.safetensors", "pytorch_model.bin")
    for name in names:
        if (file := pathlib.Path(folder, name)).exists():
            return str(file)
    raise FileNotFoundError(f"{folder} holds none of {', '.join(names)}")


def create_model_from_pretrained(model_name: str, pretrained: PathLike | None = None, precision: str = "fp32",
                                 device: str | torch.device = "cpu", **keywords: Any) -> tuple[Model, Preprocess]:
    """(model, preprocess) of a name and a file of weights, or of local-dir:FOLDER. Raises as tvts.load()."""
    name, file = _place(model_name, pretrained)
    model = load(name, file, precision=precision, device=device, **keywords)
    return model, Preprocess(model)


def create_model_and_transforms(model_name: str, pretrained: PathLike | None = None, precision: str = "fp32",
                                device: str | torch.device = "cpu",
                                **keywords: Any) -> tuple[Model, Callable[[Any], torch.Tensor], Preprocess]:
    """(model, preprocess for training, preprocess) as open_clip gives them; tvts has one and the same preprocess for both.

        model, _, preprocess = tvts.create_model_and_transforms("ViT-B-32", pretrained="m.safetensors")
        features = model.encode_video(preprocess("a.mp4")[None], normalize=True)
    """
    model, preprocess = create_model_from_pretrained(model_name, pretrained, precision, device, **keywords)
    return model, preprocess, preprocess
