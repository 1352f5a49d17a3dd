"""A model: files and tensors to embeddings."""
from __future__ import annotations

import os
import pathlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch

from tvts import _hugging_face
from tvts._classification import Classification, ClassifiedRow, ScoredLabel
from tvts._clips import Clip
from tvts._embeddings import Embeddings, Row
from tvts._engine import _native, default_threads
from tvts._errors import InputError, check_on_error, inputs_error, reading, reading_media
from tvts._options import PathLike, VideoKeywords, input_paths, path_bytes, set_fields, text_list, video_options
from tvts._progress import Progress, telling

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from tvts._store import StoreReport


def load(model: PathLike | None = None, pretrained: PathLike | None = None, *, device: str | torch.device = "cpu",
         precision: str = "auto", activation: str | None = None, special_tokens: str | None = None) -> Model:
    """Loads a model.

    model:          what the file should hold: "ViT-B-32", "ViT-B-16", "ViT-H-14" or a JSON file of sizes; None: what the
                    file states. A model file or folder alone may stand here too: tvts.load("m.safetensors").
    pretrained:     tvts .safetensors, TVTSv2 .pth, OpenAI CLIP .pt, OpenCLIP or Hugging Face weights, or a folder of
                    theirs or of save_pretrained(), in parts too (model.safetensors.index.json). Without any the small
                    model that comes with tvts is taken, which knows no real video.
    device:         "cpu", "cuda", "cuda:1"
    precision:      "fp32", "bf16", "int8", or "auto": the fastest of those that are as good as fp32
    activation, special_tokens: "quick_gelu" or "gelu", "openai" or "open_clip", where the file leaves it open

    Raises FileNotFoundError, and ValueError when a file cannot be read as a model, contradicts what is asked for, or an
    option makes no sense.

    >>> import tvts
    >>> m = tvts.load()
    >>> m.embed_dim, m.num_frames
    (128, 8)
    """
    if pretrained is None and model is not None and not str(model).endswith(".json") and os.path.exists(model):
        model, pretrained = None, model
    asked = {"model": model, "device": str(device), "activation": activation, "special_tokens": special_tokens}
    options = _load_options(asked, precision)
    file = os.fspath(pretrained) if pretrained is not None else ""
    if model is not None and not file:
        raise ValueError(f"the model {model} has no weights of its own: say which file holds them with pretrained=")
    with reading(file, str(model) if str(model).endswith(".json") else ""):
        native = _native.Model.load(path_bytes(file), options)
    return Model(native, asked)


def _load_options(asked: dict[str, Any], precision: str) -> _native.LoadOptions:
    options = _native.LoadOptions()
    options.precision = precision
    set_fields(options, asked, asked)
    return options


def _again(path: str, precision: str, asked: dict[str, Any]) -> Model:
    asked = dict(asked)
    return load(asked.pop("model"), path, precision=precision, **asked)


class Model:
    """A model made ready to compute, of `tvts.load`. It may be used from many threads at once, and is pickled by the path
    of its file, with the precision that it has.

    name, origin, path, precision, device; embed_dim (E), num_frames (T), image_size (R, pixels)
    """

    def __init__(self, native: _native.Model, asked: dict[str, Any]) -> None:
        self._native = native
        self._asked = asked
        self.path: str = native.path
        self.name: str = native.name
        self.origin: str = native.origin
        self.precision: str = native.precision
        self.device: str = asked["device"]
        self.embed_dim: int = native.embed_dim
        self.num_frames: int = native.num_frames
        self.image_size: int = native.image_size

    def __reduce__(self) -> tuple[Callable[..., Model], tuple[Any, ...]]:
        return _again, (os.path.abspath(self.path), self.precision, self._asked)

    def __repr__(self) -> str:
        return f"Model({self.name}, {self.precision} on {self.device}, {self.path})"

    # Files in, numbers out.

    def embed_videos(self, inputs: PathLike | Iterable[PathLike], *, on_error: str = "raise", progress: Progress = False,
                     threads: int | None = None, **video: Unpack[VideoKeywords]) -> Embeddings:
        """Embeds videos, pictures, folders, lists, tables and tar shards (docs/inputs.md), in the order given.

        on_error:  "raise": inputs that cannot be read raise InputsError at the end, with what was made of the others in
                   its `result`; "skip": they are in the result's `errors`
        progress:  True: a bar; a function: called with (done, failed, total), total None where it is not known. What it
                   raises ends the call.
        threads:   for decoding and for clips side by side; None: all cores (1 in a worker of a DataLoader)
        video:     window, stride (seconds), num_frames, preprocess, pool, normalize, batch_size, stored_aspect,
                   stored_rotation, time_budget (seconds), memory_budget (MiB)

        Returns Embeddings: float32 [rows, E]. Raises ValueError when an option makes no sense, KeyboardInterrupt.

            v = m.embed_videos(["a.mp4", "b.webm"], window=10, stride=5, on_error="skip", progress=True)
        """
        check_on_error(on_error)
        paths = input_paths(inputs)
        with telling(progress, "embedding") as tell:
            vectors, rows, failed = self._native.embed_videos(paths, video_options(video), tell, default_threads(threads))
        errors = [InputError(*each) for each in failed]
        found = Embeddings(vectors, [Row(*each) for each in rows], errors)
        if errors and on_error == "raise":
            raise inputs_error(errors, found, len({row.path for row in found.rows}) + len(errors))
        return found

    def embed_texts(self, texts: str | Iterable[str], *, normalize: bool = True,
                    progress: Progress = False) -> npt.NDArray[np.float32]:
        """Embeds texts: float32 [texts, E], of length 1 unless told.

        >>> import tvts
        >>> tvts.load().embed_texts(["a red circle", "a blue square"]).shape
        (2, 128)
        """
        with telling(progress, "texts") as tell:
            return self._native.embed_texts(text_list(texts), normalize, tell)

    def embed_labels(self, labels: Sequence[str],
                     templates: str | Sequence[str] = "{}") -> npt.NDArray[np.float32]:
        """Zero-shot class weights (paper 4.3): each label in every template in place of {}, averaged: float32 [labels, E],
        of length 1. Raises ValueError for a template without {}."""
        return self._native.embed_labels(text_list(labels), text_list(templates))

    def classify(self, inputs: PathLike | Iterable[PathLike], labels: Sequence[str], *,
                 template: str | Sequence[str] = "{}", top_k: int = 5, on_error: str = "raise",
                 progress: Progress = False, threads: int | None = None, **video: Unpack[VideoKeywords]) -> Classification:
        """Zero-shot recognition (paper 4.3): the labels that each video, or each window, is nearest to.

        template: a text with {} where the label goes, or several, over which is averaged
        top_k:    labels of each row
        The rest as embed_videos().

        Returns a Classification: [0].labels[0] is the best of the first row: .label, .score (cosine), .probability.

            m.classify("a.mp4", ["run", "jump"], template="a person {}", top_k=1)[0].labels
        """
        check_on_error(on_error)
        paths = input_paths(inputs)
        with telling(progress, "classifying") as tell:
            rows, failed = self._native.classify(paths, text_list(labels), text_list(template), top_k, video_options(video),
                                                 tell, default_threads(threads))
        errors = [InputError(*each) for each in failed]
        found = Classification([ClassifiedRow(path, start, end, [ScoredLabel(*label) for label in best])
                                for path, start, end, best in rows], errors)
        if errors and on_error == "raise":
            raise inputs_error(errors, found, len({row.path for row in found}) + len(errors))
        return found

    def fill_store(self, inputs: PathLike | Iterable[PathLike], folder: PathLike, *, overwrite: bool = False,
                   retry_failed: bool = False, shard_size: int = 1000, progress: Progress = False,
                   threads: int | None = None, **video: Unpack[VideoKeywords]) -> StoreReport:
        """Embeds inputs into a store, a folder that `Store.open` and `tvts search` read, or what of them is missing there.
        A call that was interrupted is simply made again. One at a time for each folder.

        overwrite:    start anew; else what is there already is not embedded again
        retry_failed: try again what failed before
        shard_size:   inputs of one shard

        Returns a StoreReport: counts, and the inputs that could not be read in `.errors`. Raises ValueError when the store
        was made in another way, RuntimeError when it cannot be written.
        """
        from tvts._store import StoreReport

        fill = _native.FillOptions()
        fill.overwrite, fill.retry_failed, fill.shard_size = overwrite, retry_failed, shard_size
        paths = input_paths(inputs)
        with telling(progress, "embedding") as tell:
            report = self._native.fill_store(paths, path_bytes(folder), fill, video_options(video), tell,
                                             default_threads(threads))
        report["errors"] = [InputError(*each) for each in report["errors"]]
        return StoreReport(**report)

    def save_pretrained(self, folder: PathLike) -> None:
        """A folder in Hugging Face's layout: config.json, model.safetensors (a model file, of tvts' own a copy of the same
        bytes), tokenizer and preprocessing files, and README.md, the model card. `tvts.load(folder)`, the command and, after
        `import tvts.hf`, transformers' AutoModel read it. Files of these names are replaced, each as a whole, the weights
        last. Raises OSError, and RuntimeError when it cannot be written.

            m.save_pretrained("FOLDER")
        """
        _hugging_face.write_folder(folder, self._write_weights)

    def _write_weights(self, file: pathlib.Path) -> None:
        if _hugging_face.model_metadata(self.path) is not None:
            shutil.copyfile(self.path, file)
            return
        with reading(self.path):
            modules = _native.Modules.load(path_bytes(self.path), _load_options(self._asked, "fp32"))
        written = file.with_name("converted.safetensors")
        modules.save(path_bytes(written))
        # Nothing was trained here, as the writer takes it.
        _hugging_face.write_with_origin(file, written, modules.metadata()["origin"])
        written.unlink()

    # Pixels and tensors.

    def read_clips(self, path: PathLike, **video: Unpack[VideoKeywords]) -> list[Clip]:
        """The clips that embed_videos() takes of this file: one, or one for each window. Raises InputsError."""
        with reading_media(os.fspath(path)):
            return [Clip(held) for held in _native.read_clips(self._native, path_bytes(path), video_options(video))]

    def clip_of_frames(self, frames: npt.NDArray[np.uint8], seconds: Sequence[float] | None = None, *,
                       still_image: bool = False, **video: Unpack[VideoKeywords]) -> Clip:
        """The clip of frames in memory, uint8 [T, H, W, 3] RGB in order of time: chosen, resized and cropped as those of a
        file. seconds: [T], where known; still_image: of a picture. Raises ValueError."""
        held = _native.clip_of_frames(self._native, np.ascontiguousarray(frames, dtype=np.uint8),
                                      np.asarray([] if seconds is None else seconds, dtype=np.float64), still_image,
                                      video_options(video))
        return Clip(held)

    def pixel_values(self, clips: Clip | Sequence[Clip], *, preprocess: str | None = None) -> torch.Tensor:
        """Clips as encode_video() takes them: float32 [B, T, 3, R, R], normalised as the model file states. T is that of
        the longest clip; a shorter one has zeros after it."""
        clips = [clips] if isinstance(clips, Clip) else clips
        return _native.video_tensor(self._native, [clip._held for clip in clips], preprocess or "")

    def tokenize(self, texts: str | Iterable[str]) -> torch.Tensor:
        """Texts as encode_text() takes them: int64 [texts, L]."""
        return _native.token_ids(self._native, text_list(texts))

    def encode_video(self, video: torch.Tensor, normalize: bool = False) -> torch.Tensor:
        """Videos, float [B, T, 3, R, R] normalised as pixel_values() does, T up to the model's: float32 [B, E] on the CPU,
        without gradients. Raises ValueError when the shape does not fit.

        >>> import torch, tvts
        >>> m = tvts.load()
        >>> m.encode_video(torch.zeros(2, m.num_frames, 3, m.image_size, m.image_size)).shape
        torch.Size([2, 128])
        """
        return _native.encode_video(self._native, video, normalize)

    def encode_image(self, image: torch.Tensor, normalize: bool = False) -> torch.Tensor:
        """Pictures, float [B, 3, R, R], as videos of one frame: float32 [B, E]."""
        return _native.encode_video(self._native, image, normalize)

    def encode_text(self, text: torch.Tensor, normalize: bool = False) -> torch.Tensor:
        """Token ids [B, L] of tokenize() or a tokenizer: float32 [B, E]. Raises ValueError when the shape does not fit."""
        return _native.encode_text(self._native, text, normalize)

    def get_video_features(self, pixel_values: torch.Tensor, **_: Any) -> torch.Tensor:
        """encode_video(), under the name that Hugging Face's X-CLIP has for it."""
        return self.encode_video(pixel_values)

    def get_text_features(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None,
                          **_: Any) -> torch.Tensor:
        """encode_text(), under Hugging Face's name. What follows the end of a text changes nothing, so that a mask need
        not be given."""
        return self.encode_text(input_ids)

    def eval(self) -> Model:
        """The model itself: it is for inference alone."""
        return self


ModelLike = Model | PathLike | None  # a model of `load`, the path of a model file, or None: the small model


def model_source(model: ModelLike, request: Any, precision: str | None = None) -> _native.Model | None:
    """Lets request.model name the file, for calls that load it themselves, in the model's precision unless another is
    given. Returns the loaded model, where it is one."""
    source = _native.ModelSource()
    if isinstance(model, Model):
        source.file = path_bytes(model.path)
        source.options = _load_options(model._asked, precision or model.precision)
    elif model is not None:
        source.file = path_bytes(model)
    request.model = source
    return model._native if isinstance(model, Model) else None
