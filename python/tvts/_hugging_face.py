"""A model folder in Hugging Face's layout: config.json, the weights, tokenizer and preprocessing files, a model card. Only
text and bytes are written here; transformers is not needed."""
from __future__ import annotations

import json
import os
import pathlib
import shutil
import struct
import tempfile
from collections.abc import Callable, Mapping
from typing import IO, Any

from tvts._vocabulary import clip_merges

WEIGHTS = "model.safetensors"
_FORMAT = "tvts-model-1"
_ALIGNMENT = 64
_WITHOUT_MERGES = 514  # tokens: the bytes, the bytes that end a word, start and end of a text
_SPECIAL_TOKENS = {"openai": ("<|startoftext|>", "<|endoftext|>"), "open_clip": ("<start_of_text>", "<end_of_text>")}
_IMAGENET = {"image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
_CLIP = {"image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711]}
_NEAREST, _BILINEAR, _BICUBIC = 0, 2, 3  # PIL's numbers


def write_folder(folder: str | os.PathLike[str], write_weights: Callable[[pathlib.Path], object]) -> None:
    """Writes all files of a folder, each whole or not at all, the weights last. `write_weights` writes the model file to the
    path given; the others follow from what it states. Raises OSError."""
    place = pathlib.Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=place) as part:
        made = pathlib.Path(part)
        write_weights(made / WEIGHTS)
        metadata = model_metadata(made / WEIGHTS)
        if metadata is None:
            raise RuntimeError(f"{made / WEIGHTS} was written and is no model file")
        texts = {"config.json": _json(config_fields(metadata)), "preprocessor_config.json": _json(_preprocessor(metadata)),
                 **_tokenizer_files(metadata), "README.md": _card(metadata)}
        for name, text in texts.items():
            (made / name).write_text(text, encoding="utf-8")
        for name in (*texts, WEIGHTS):
            os.replace(made / name, place / name)


def model_metadata(path: str | os.PathLike[str]) -> dict[str, str] | None:
    """What one file in tvts' own form states; None for anything else."""
    try:
        with open(path, "rb") as opened:
            metadata: dict[str, str] = _read_header(opened)["__metadata__"]
            return metadata if metadata["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return None


def write_with_origin(file: pathlib.Path, source: pathlib.Path, origin: str) -> None:
    """The model file `source` with another statement of where its weights come from."""
    with open(file, "wb") as written, open(source, "rb") as opened:
        header = _read_header(opened)
        header["__metadata__"]["origin"] = origin
        text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        text += b" " * (-(8 + len(text)) % _ALIGNMENT)
        written.write(struct.pack("<Q", len(text)) + text)
        shutil.copyfileobj(opened, written, 1 << 20)


def config_fields(metadata: Mapping[str, str]) -> dict[str, Any]:
    """What config.json states: the model file's metadata, under `tvts`, and what programs look for in it."""
    stated = {key: value for key, value in metadata.items() if key not in ("model", "merges")}
    sizes = json.loads(metadata["model"])
    return {"architectures": ["TvtsModel"], "model_type": "tvts", "dtype": "float32", "projection_dim": sizes["embed_dim"],
            "num_frames": sizes["video"]["num_frames"], "image_size": sizes["video"]["image_size"],
            "context_length": sizes["text"]["context_length"], "vocab_size": sizes["text"]["vocab_size"],
            "tvts": {**stated, "model": sizes}}


def _preprocessor(metadata: Mapping[str, str]) -> dict[str, Any]:
    """Hugging Face's words for the way from a frame to the model's input."""
    size = json.loads(metadata["model"])["video"]["image_size"]
    square = {"height": size, "width": size}
    rules: dict[str, dict[str, Any]] = {
        "tvtsv2-eval": {"size": {"shortest_edge": size}, "resample": _NEAREST, "do_center_crop": True, **_IMAGENET},
        "tvtsv2-extract": {"size": square, "resample": _BILINEAR, "do_center_crop": False, **_IMAGENET},
        "clip": {"size": {"shortest_edge": size}, "resample": _BICUBIC, "do_center_crop": True, **_CLIP}}
    return {"image_processor_type": "CLIPImageProcessor", "do_convert_rgb": True, "do_resize": True, "do_rescale": True,
            "rescale_factor": 1 / 255, "do_normalize": True, "crop_size": square, **rules[metadata["preprocess"]]}


def _tokenizer_files(metadata: Mapping[str, str]) -> dict[str, str]:
    """Of transformers' CLIPTokenizer."""
    sizes = json.loads(metadata["model"])["text"]
    count = sizes["vocab_size"] - _WITHOUT_MERGES
    merges = metadata["merges"].split("\n") if metadata.get("merges") else clip_merges(count)
    merges = [merge for merge in merges if merge][:count]
    start, end = _SPECIAL_TOKENS[metadata["special_tokens"]]
    letters = _letters_of_bytes()
    tokens = [*letters, *(f"{letter}</w>" for letter in letters), *(merge.replace(" ", "") for merge in merges), start, end]
    special = {"bos_token": start, "eos_token": end, "pad_token": end, "unk_token": end}
    return {"vocab.json": json.dumps({token: number for number, token in enumerate(tokens)}, ensure_ascii=False) + "\n",
            "merges.txt": "\n".join(["#version: 0.2", *merges]) + "\n",
            "tokenizer_config.json": _json({"tokenizer_class": "CLIPTokenizer", "model_max_length": sizes["context_length"],
                                            **special}),
            "special_tokens_map.json": _json(special)}


def _letters_of_bytes() -> list[str]:
    """The letters that stand for bytes in a vocabulary, in its order: printable ones for themselves, then the others."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    return [chr(byte) for byte in printable] + [chr(256 + number) for number in range(256 - len(printable))]


def _card(metadata: Mapping[str, str]) -> str:
    sizes = json.loads(metadata["model"])
    video, text = sizes["video"], sizes["text"]
    notice = f"\n**Note:** this model {metadata['notice']}.\n" if metadata.get("notice") else ""
    return f"""---
library_name: tvts
tags:
- video
- video-text-retrieval
- zero-shot-video-classification
---

# {sizes['name']}

A video-text dual encoder of the TVTSv2 family (kind {sizes['kind']}): videos and texts to vectors of {sizes['embed_dim']}
numbers whose cosine says how well they fit.
{notice}
## Weights and training

Origin, as the model file states it: {metadata['origin']}.

| | |
|---|---|
| video | {video['layers']} layers of width {video['width']}, {video['heads']} heads, patches of {video['patch_size']} pixels |
| input | up to {video['num_frames']} frames of {video['image_size']} x {video['image_size']} pixels, preprocessing `{metadata['preprocess']}`, pooling `{metadata.get('pool', 'cls')}` |
| text | {text['layers']} layers of width {text['width']}, {text['heads']} heads, {text['context_length']} tokens of a vocabulary of {text['vocab_size']} |

The file says no more about data and licence: they are those of the origin's weights and of what was trained on since.

## Evaluation

The model file holds no measurements, so none are stated here. `tvts.evaluate(BENCHMARK, data=FOLDER, model=FOLDER)` and
`tvts eval` measure retrieval, zero-shot recognition and multiple choice by the protocols of the TVTSv2 paper; the seeds, splits
and the handling of ties are in each result's file.

## Use

```python
import tvts

m = tvts.load("FOLDER")
similarity = m.embed_videos(["a.mp4"]) @ m.embed_texts(["a text"]).T
```

```python
import tvts.hf
from transformers import AutoModel

model = AutoModel.from_pretrained("FOLDER")
```

`m.pixel_values(m.read_clips(path))` gives the model's exact input; `preprocessor_config.json` describes it for image processors
of Hugging Face, which resize in their own way.
"""


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _read_header(opened: IO[bytes]) -> dict[str, Any]:
    """The header of a safetensors file; what follows in `opened` are the tensors. Raises ValueError, struct.error."""
    (length,) = struct.unpack("<Q", opened.read(8))
    if length > 100 << 20:
        raise ValueError("no header of a safetensors file")
    return json.loads(opened.read(length))  # type: ignore[no-any-return]


__all__ = ["WEIGHTS", "config_fields", "model_metadata", "write_folder", "write_with_origin"]
