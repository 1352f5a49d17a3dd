#!/usr/bin/env python3
"""Makes the reference numbers in this folder from the whole set, which is kept apart: python tests/golden/cut.py WHOLE [OUTPUT]

A file is copied as it is, or parts of it are left out and the file gets a name of its own: the same name means the same
bytes. README.md tells what each file is. SHA256SUMS, written last, names them all: a test whose file is named there
fails where it is missing.
"""
import hashlib
import json
import pathlib
import struct
import sys

COPIED = """adamw.json adamw.safetensors allgather.safetensors preprocess.json sampling.json text_b.json tokenizer.json
tokenizer.jsonl train.json train_forward.safetensors train_two_ranks.safetensors train_weights.safetensors video_b.json
video_b_cases.safetensors video_b_weights.safetensors yt_captions.json""".split()
LARGE_PICTURES = ("landscape", "portrait")  # stored pixel by pixel; others of these shapes are made by the formula
LARGE_MATRICES = ("random160", "ties160")
WHOLE_UP_TO = 1024  # numbers; of a larger gradient or parameter
FIRST_ROWS = 2      # are kept


def read_tensors(path):
    """Name -> (dtype, shape, bytes)."""
    content = path.read_bytes()
    begin = 8 + struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:begin])
    header.pop("__metadata__", None)
    return {name: (about["dtype"], about["shape"], content[slice(*(begin + at for at in about["data_offsets"]))])
            for name, about in header.items()}


def write_tensors(path, tensors):
    header, end = {}, 0
    for name, (dtype, shape, content) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [end, end := end + len(content)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(content for _, _, content in tensors.values()))


def first_rows(tensor):
    dtype, shape, content = tensor
    numbers = len(content) // 4
    if numbers <= WHOLE_UP_TO or shape[0] <= FIRST_ROWS:
        return tensor
    return dtype, [FIRST_ROWS, *shape[1:]], content[:4 * FIRST_ROWS * numbers // shape[0]]


def cut_rows(whole, output, name):
    tensors = read_tensors(whole / f"{name}.safetensors")
    write_tensors(output / f"{name}_rows.safetensors", {key: first_rows(tensor) for key, tensor in tensors.items()})


def cut_batches(whole, output):
    tensors = read_tensors(whole / "train_batches.safetensors")
    write_tensors(output / "train_batch_yt.safetensors", {name: t for name, t in tensors.items() if name.startswith("yt.")})
    write_tensors(output / "train_texts_webvid.safetensors", {"webvid.text": tensors["webvid.text"]})


def cut_pictures(whole, output):
    """The stored pictures and the floats; results of which preprocess.json holds the SHA-256 are left out."""
    kept = {name: t for name, t in read_tensors(whole / "preprocess.safetensors").items()
            if name == "normalise" or name.endswith((".frame", "_float")) and not name.startswith(LARGE_PICTURES)}
    write_tensors(output / "preprocess_small.safetensors", kept)


def cut_matrices(whole, output):
    kept = {name: t for name, t in read_tensors(whole / "metrics.safetensors").items() if not name.startswith(LARGE_MATRICES)}
    write_tensors(output / "metrics_small.safetensors", kept)
    metrics = json.loads((whole / "metrics.json").read_text())
    for name in LARGE_MATRICES:
        del metrics["retrieval"][name]
    (output / "metrics_small.json").write_text(json.dumps(metrics, indent=0) + "\n")


def main():
    whole = pathlib.Path(sys.argv[1])
    output = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).resolve().parent
    for name in COPIED:
        (output / name).write_bytes((whole / name).read_bytes())
    for name in ("train_grads_yt", "train_after_1"):
        cut_rows(whole, output, name)
    cut_batches(whole, output)
    cut_pictures(whole, output)
    cut_matrices(whole, output)
    files = sorted(path for path in output.iterdir() if path.suffix in (".json", ".jsonl", ".safetensors"))
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (output / "SHA256SUMS").write_text(sums)


if __name__ == "__main__":
    main()
