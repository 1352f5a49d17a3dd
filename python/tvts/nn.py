"""The model as it is defined (paper 3.1), as torch.nn.Modules with float32 weights that take gradients: for training loops,
Lightning, Accelerate. The forward pass is the native one; parameters are torch's own, under the names of model files.

>>> import torch, tvts
>>> model = tvts.nn.DualEncoder.from_pretrained()
>>> video, text = model(torch.zeros(2, 4, 3, 48, 48), model.tokenize(["a red circle", "a blue ring"]))
>>> loss = tvts.losses.contrastive(video, text)
>>> loss.backward()
>>> next(model.parameters()).grad is not None
True
"""
from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import torch
from typing_extensions import Self

from tvts._engine import _native
from tvts._errors import reading
from tvts._options import PathLike, path_bytes, text_list


class _Part(torch.nn.Module):
    """A piece of a native module: its parameters, and the pieces inside."""


def _hold(module: torch.nn.Module, name: str, parameter: torch.Tensor) -> None:
    """Registers the native parameter itself under its dotted name."""
    *parts, last = name.split(".")
    for part in parts:
        inner = module._modules.get(part)
        if inner is None:
            inner = _Part()
            module.add_module(part, inner)
        module = inner
    setattr(parameter, "_is_param", True)  # what torch.nn.Parameter asks for in isinstance()
    module.register_parameter(last, parameter)  # type: ignore[arg-type]


class _NativeModule(torch.nn.Module):
    """A module whose parameters are those of a native model under one prefix, and whose forward pass is native."""

    def __init__(self, native: _native.Modules, prefix: str) -> None:
        super().__init__()
        self._native = native
        self._prefix = prefix
        self.embed_dim, self.num_frames, self.image_size, self.patches_per_frame, self.context_length = native.sizes()
        for name, parameter in native.named_parameters():
            if self._is_own(name):
                _hold(self, name.removeprefix(prefix), parameter)

    def _is_own(self, name: str) -> bool:
        return name.startswith(self._prefix)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        state = {"weights": self.state_dict(), "training": self.training, "recompute": getattr(self, "_recompute", False),
                 "takes_gradient": {name: parameter.requires_grad for name, parameter in self.named_parameters()}}
        return _again, (type(self), self._native.metadata(), self._native.segments(), state)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        again, (kind, metadata, segments, state) = self.__reduce_ex__(2)
        copy: Self = again(kind, metadata, segments, state)
        memo[id(self)] = copy
        return copy

    def set_grad_checkpointing(self, enable: bool = True) -> None:
        """Whether blocks are computed again in the backward pass instead of kept: less memory for a third more time."""
        self._recompute = enable
        self._native.set_recompute(enable)


def _again(kind: type[_NativeModule], metadata: dict[str, str], segments: int, state: dict[str, Any]) -> _NativeModule:
    module = kind._of(_native.Modules.of_metadata(metadata, segments))  # type: ignore[attr-defined]
    for name, parameter in module.named_parameters():
        parameter.data = state["weights"][name].detach().clone()
        parameter.requires_grad_(state["takes_gradient"][name])
    module.train(state["training"])
    module.set_grad_checkpointing(state["recompute"])
    return module  # type: ignore[no-any-return]


def _load(pretrained: PathLike | None, model: PathLike | None) -> _native.Modules:
    options = _native.LoadOptions()
    options.model = path_bytes(model) if model is not None else b""
    file = os.fspath(pretrained) if pretrained is not None else ""
    with reading(file):
        return _native.Modules.load(path_bytes(file), options)


class _Made(_NativeModule):
    """How modules are made: of a name with random weights, or of a file."""

    _PREFIX = ""

    def __init__(self, model: PathLike, *, seed: int = 0, **more: Any) -> None:
        """model: "ViT-B-32", ... or a JSON file of sizes; weights are random, the same for a seed on every machine."""
        super().__init__(_native.Modules.random(path_bytes(model), seed, more.get("segments", 0)), self._PREFIX)

    @classmethod
    def _of(cls, native: _native.Modules) -> Self:
        made = cls.__new__(cls)
        _NativeModule.__init__(made, native, cls._PREFIX)
        return made

    @classmethod
    def from_pretrained(cls, pretrained: PathLike | None = None, model: PathLike | None = None) -> Self:
        """Of a model file, as tvts.load() takes it; None: the small model that comes with tvts. Raises as tvts.load()."""
        return cls._of(_load(pretrained, model))


    @classmethod
    def from_config(cls, config: PathLike) -> Self:
        """The model that a run of `tvts pretrain` with this config begins with. Raises FileNotFoundError, ValueError."""
        with reading(os.fspath(config)):
            return cls._of(_native.initial_model(_native.read_config(path_bytes(config))))


class VideoEncoder(_Made):
    """Videos to features. Its state_dict has the keys of a model file behind "video_model."."""

    _PREFIX = "video_model."

    def forward(self, video: torch.Tensor, keep: torch.Tensor | None = None) -> torch.Tensor:
        """video: float [B, T, 3, R, R], T up to num_frames, or [B, 3, R, R]; keep: of tube_mask(), int64 [B, n], the cells
        that are seen. Returns float32 [B, E], not normalised. Raises ValueError when a shape does not fit."""
        return self._native.encode_video(video, keep)[0]

    def tokens(self, video: torch.Tensor, keep: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """(embedding [B, E], tokens): tokens [B, 1 + T*n, E] with CLS first (B kind), or [B, T*n, E] (H kind)."""
        return self._native.encode_video(video, keep)

    def tube_mask(self, batch: int, ratio: float, generator: torch.Generator | None = None) -> torch.Tensor:
        """For each of `batch` clips the cells that a tube mask of this ratio keeps (paper 3.3): int64 [batch, n]."""
        return tube_mask(batch, self.patches_per_frame, ratio, generator)


class TextEncoder(_Made):
    """Token ids to features. Its state_dict has a model file's keys of the text encoder."""

    def _is_own(self, name: str) -> bool:
        return not name.startswith(("video_model.", "pred_model."))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """ids: int64 [B, L], L up to context_length. Returns float32 [B, E], not normalised."""
        return self._native.encode_text(ids)


class SortHead(_Made):
    """The transcript sorting head (paper 3.4). SortHead("ViT-B-32", segments=4)"""

    _PREFIX = "pred_model."

    def __init__(self, model: PathLike, *, segments: int, seed: int = 0) -> None:
        super().__init__(model, seed=seed, segments=segments)
        self.segments = segments

    def forward(self, video_tokens: torch.Tensor, text_features: torch.Tensor) -> torch.Tensor:
        """video_tokens [B, L, E], text_features [B, K, E] -> logits [B, K, K], a row of position scores for each text."""
        return self._native.sort(video_tokens, text_features)


class DualEncoder(_Made):
    """A video encoder and a text encoder, with the keys of a whole model file; with segments=K a sort head, too."""

    def __init__(self, model: PathLike, *, segments: int = 0, seed: int = 0) -> None:
        super().__init__(model, seed=seed, segments=segments)

    def forward(self, video: torch.Tensor, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(video features [B, E], text features [B, E]), not normalised."""
        return self.encode_video(video), self.encode_text(ids)

    def encode_video(self, video: torch.Tensor, normalize: bool = False, keep: torch.Tensor | None = None) -> torch.Tensor:
        """As VideoEncoder; normalize: of length 1."""
        return _finished(self._native.encode_video(video, keep)[0], normalize)

    def video_tokens(self, video: torch.Tensor, keep: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """As VideoEncoder.tokens()."""
        return self._native.encode_video(video, keep)

    def encode_image(self, image: torch.Tensor, normalize: bool = False) -> torch.Tensor:
        """Pictures [B, 3, R, R], as videos of one frame."""
        return self.encode_video(image, normalize)

    def encode_text(self, ids: torch.Tensor, normalize: bool = False) -> torch.Tensor:
        """As TextEncoder; normalize: of length 1."""
        return _finished(self._native.encode_text(ids), normalize)

    def sort(self, video_tokens: torch.Tensor, text_features: torch.Tensor) -> torch.Tensor:
        """As SortHead. Raises ValueError where the model has none."""
        return self._native.sort(video_tokens, text_features)

    def tokenize(self, texts: str | Iterable[str]) -> torch.Tensor:
        """Texts as encode_text() takes them: int64 [texts, L]."""
        return self._native.token_ids(text_list(texts))

    def save(self, path: PathLike) -> None:
        """A model file that tvts.load() and the command read, whole or not at all; its origin says that it was fine-tuned.
        Raises RuntimeError when it cannot be written."""
        self._native.save(path_bytes(path))


def tube_mask(batch: int, patches_per_frame: int, ratio: float, generator: torch.Generator | None = None) -> torch.Tensor:
    """For each clip the cells that are kept, the same ones in all frames: int64 [batch, int(N * (1 - ratio))]. Raises
    ValueError where none would be."""
    return _native.tube_mask(batch, patches_per_frame, ratio, generator or torch.default_generator)


def _finished(features: torch.Tensor, normalize: bool) -> torch.Tensor:
    return torch.nn.functional.normalize(features, dim=-1) if normalize else features


__all__ = ["DualEncoder", "SortHead", "TextEncoder", "VideoEncoder", "tube_mask"]
