"""tvts in transformers: after `import tvts.hf`, AutoConfig and AutoModel read the folders that save_pretrained() writes.

    import tvts.hf
    from transformers import AutoModel

    model = AutoModel.from_pretrained("FOLDER")                     # a folder, or a model file with TvtsModel
    v = model.get_video_features(pixel_values=pixels)               # [B, E], as tvts.load("FOLDER") computes it
    model.save_pretrained("TUNED")                                  # what tvts.load() and the command read

Needs transformers (pip install 'tvts[hf]'). Nothing is downloaded: what is not there is an error.
"""
from __future__ import annotations

import copy
import dataclasses
import importlib
import json
import os
import pathlib
import tempfile
from typing import Any

import torch
from typing_extensions import Self

try:
    # Of no type: checked alike beside every version, and where there is none.
    _transformers: Any = importlib.import_module("transformers")
except ModuleNotFoundError as error:
    raise ImportError("tvts.hf needs transformers 5; run pip install 'tvts[hf]', or pip install 'transformers>=5,<6'"
                      ) from error

from tvts import _hugging_face
from tvts._engine import _native
from tvts._options import PathLike
from tvts.losses import contrastive
from tvts.nn import DualEncoder, _hold

_TEMPERATURE = 0.05  # of the losses

# What a config without any sizes stands for.
_VIT_B_32 = {"format": "tvts-model-1", "preprocess": "tvtsv2-eval", "special_tokens": "openai", "origin": "no weights",
             "model": {"name": "ViT-B-32", "kind": "B", "activation": "quick_gelu", "embed_dim": 512,
                       "video": {"width": 768, "layers": 12, "heads": 12, "patch_size": 32, "image_size": 224,
                                 "num_frames": 12},
                       "text": {"width": 512, "layers": 12, "heads": 8, "context_length": 77, "vocab_size": 49408}}}

# What transformers' loaders hand on and what asks for nothing here: there is no network, no code of others, and one way to
# compute.
_WITHOUT_EFFECT = {"adapter_kwargs", "attn_implementation", "cache_dir", "code_revision", "force_download",
                   "ignore_mismatched_sizes", "local_files_only", "low_cpu_mem_usage", "proxies", "revision", "subfolder",
                   "token", "trust_remote_code", "use_safetensors", "weights_only"}


class TvtsConfig(_transformers.PreTrainedConfig):  # type: ignore[misc]
    """What config.json of a model folder states. `tvts` holds what a model file states of itself (docs/formats-model.md):
    `model` with the sizes, `preprocess`, `special_tokens`, `pool`, `origin`, `notice`; the rest follows from it."""

    model_type = "tvts"

    def __init__(self, tvts: dict[str, Any] | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.tvts = copy.deepcopy(tvts if tvts is not None else _VIT_B_32)
        for name, value in _hugging_face.config_fields(self.metadata()).items():
            if name not in ("architectures", "model_type", "dtype", "tvts"):
                setattr(self, name, value)

    def metadata(self) -> dict[str, str]:
        """As a model file states it, without the merges of a vocabulary that is not CLIP's."""
        return {**self.tvts, "model": json.dumps(self.tvts["model"])}


@dataclasses.dataclass
class TvtsOutput(_transformers.utils.ModelOutput):  # type: ignore[misc]
    """
    loss:             the contrastive loss of pre-training, where it was asked for
    logits_per_video: [videos, texts], cosines over the temperature
    logits_per_text:  [texts, videos]
    video_embeds:     [videos, E], of length 1
    text_embeds:      [texts, E], of length 1
    """
    loss: torch.Tensor | None = None
    logits_per_video: torch.Tensor | None = None
    logits_per_text: torch.Tensor | None = None
    video_embeds: torch.Tensor | None = None
    text_embeds: torch.Tensor | None = None


class TvtsModel(_transformers.PreTrainedModel):  # type: ignore[misc]
    """A tvts.nn.DualEncoder as transformers takes models. Its parameters are the encoder's, under the names of model files,
    in float32, and take gradients.

    TvtsModel(config) has random weights, the same for a seed on every machine.
    """

    config_class = TvtsConfig
    base_model_prefix = ""
    main_input_name = "pixel_values"
    supports_gradient_checkpointing = True
    encoder: DualEncoder

    def __init__(self, config: TvtsConfig, *, seed: int = 0) -> None:
        self._of(config, _random_encoder(config, seed))

    def _of(self, config: TvtsConfig, encoder: DualEncoder) -> None:
        super().__init__(config)
        # Beside torch's register of modules, so that names have no prefix.
        self.__dict__["encoder"] = encoder
        for name, parameter in encoder.named_parameters():
            _hold(self, name, parameter)
        self.post_init()

    def _init_weights(self, module: torch.nn.Module) -> None:
        """They are there."""

    def init_weights(self) -> None:
        """They are there."""

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return _again, (type(self), self.config, self.encoder, self.training)

    @classmethod
    def _made(cls, config: TvtsConfig, encoder: DualEncoder) -> Self:
        made = cls.__new__(cls)
        made._of(config, encoder)
        return made

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path: PathLike, *, config: TvtsConfig | None = None,
                        dtype: torch.dtype | str | None = None, device_map: Any = None, **more: Any) -> Self:
        """Of a folder, or of any model file that tvts.load() takes.

        config:     where given, of these sizes
        dtype:      None, "auto" or torch.float32
        device_map: a device for the whole model

        In evaluation mode, as transformers' models are. Raises FileNotFoundError, and ValueError for a file that is no model,
        for a config of other sizes and for what is not supported.
        """
        path = os.fspath(pretrained_model_name_or_path)
        if not os.path.exists(path):
            raise FileNotFoundError(f"{path} is not there, and tvts downloads nothing; fetch the files yourself and give their "
                                    "folder")
        unknown = {name for name in more if name not in _WITHOUT_EFFECT and not name.startswith("_")}
        if unknown - {"torch_dtype", "commit_hash"}:
            raise ValueError(f"from_pretrained() of a tvts model does not take {', '.join(sorted(unknown))}")
        if (dtype or more.get("torch_dtype")) not in (None, "auto", "float32", torch.float32):
            raise ValueError(f"dtype is {dtype or more.get('torch_dtype')}; expected float32, which tvts' modules have; "
                             "tvts.load(precision=) computes in others")
        encoder = DualEncoder.from_pretrained(path)
        made = cls._made(_config_of(encoder, config, path), encoder)
        made.name_or_path = path
        made.eval()
        return made if device_map is None else made.to(torch.device(_one_device(device_map)))

    def save_pretrained(self, save_directory: PathLike, *, state_dict: dict[str, torch.Tensor] | None = None,
                        is_main_process: bool = True, push_to_hub: bool = False, **_: Any) -> None:
        """The folder of tvts.Model.save_pretrained(), with these weights, or those of `state_dict`, in one file. The origin
        says that they were fine-tuned. Raises OSError, and RuntimeError when it cannot be written."""
        if push_to_hub:
            raise ValueError("tvts uploads nothing; save the folder, and upload it yourself")
        if not is_main_process:
            return
        encoder = self.encoder
        if state_dict is not None:
            encoder = copy.deepcopy(encoder)
            encoder.load_state_dict(state_dict)
        _hugging_face.write_folder(save_directory, encoder.save)

    def get_video_features(self, pixel_values: torch.Tensor, **_: Any) -> torch.Tensor:
        """float [B, T, 3, R, R] as tvts.Model.pixel_values() makes it: [B, E], not normalised."""
        return self.encoder.encode_video(pixel_values)

    def get_text_features(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None,
                          **_: Any) -> torch.Tensor:
        """int64 [B, L]: [B, E], not normalised. What follows the end of a text changes nothing: no mask is needed."""
        return self.encoder.encode_text(input_ids)

    def forward(self, input_ids: torch.Tensor, pixel_values: torch.Tensor, attention_mask: torch.Tensor | None = None,
                return_loss: bool = False, return_dict: bool | None = True, **_: Any) -> TvtsOutput | tuple[Any, ...]:
        """Videos and texts against each other. return_loss: text i belongs to video i."""
        video, text = self.get_video_features(pixel_values), self.get_text_features(input_ids)
        loss = contrastive(video, text, _TEMPERATURE) if return_loss else None
        video, text = torch.nn.functional.normalize(video, dim=-1), torch.nn.functional.normalize(text, dim=-1)
        logits = video @ text.T / _TEMPERATURE
        output = TvtsOutput(loss=loss, logits_per_video=logits, logits_per_text=logits.T, video_embeds=video, text_embeds=text)
        return output if return_dict is not False else output.to_tuple()

    def gradient_checkpointing_enable(self, *_: Any, **__: Any) -> None:
        """Blocks are computed again in the backward pass."""
        self.encoder.set_grad_checkpointing(True)

    def gradient_checkpointing_disable(self) -> None:
        """Blocks are kept."""
        self.encoder.set_grad_checkpointing(False)


def _again(kind: type[TvtsModel], config: TvtsConfig, encoder: DualEncoder, training: bool) -> TvtsModel:
    made = kind._made(config, encoder)
    made.train(training)
    return made


def _random_encoder(config: TvtsConfig, seed: int) -> DualEncoder:
    with tempfile.TemporaryDirectory() as folder:
        sizes = pathlib.Path(folder, "sizes.json")
        sizes.write_text(json.dumps(config.tvts["model"]))
        random = DualEncoder(sizes, seed=seed)
    metadata = {**config.metadata(), "origin": random._native.metadata()["origin"]}
    encoder = DualEncoder._of(_native.Modules.of_metadata(metadata, 0))
    encoder.load_state_dict(random.state_dict())
    return encoder


def _config_of(encoder: DualEncoder, asked: TvtsConfig | None, path: str) -> TvtsConfig:
    fields = _hugging_face.config_fields(encoder._native.metadata())
    if asked is None:
        return TvtsConfig(tvts=fields["tvts"], architectures=fields["architectures"])
    if asked.tvts["model"] != fields["tvts"]["model"]:
        raise ValueError(f"{path} holds a model of other sizes than its config says: {json.dumps(fields['tvts']['model'])}; "
                         "write the folder again with save_pretrained()")
    return asked


def _one_device(device_map: Any) -> Any:
    if isinstance(device_map, dict):
        devices = set(map(str, device_map.values()))
        if len(devices) == 1:
            return devices.pop()
    elif device_map == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    elif isinstance(device_map, (str, int, torch.device)) and device_map not in ("balanced", "sequential"):
        return device_map
    raise ValueError(f"device_map is {device_map}; expected one device for the whole model")


_transformers.AutoConfig.register("tvts", TvtsConfig, exist_ok=True)
_transformers.AutoModel.register(TvtsConfig, TvtsModel, exist_ok=True)

__all__ = ["TvtsConfig", "TvtsModel", "TvtsOutput"]
