"""Clips a second from video files to embeddings: the usual Python pipelines and `tvts embed`, turn by turn in one run.

    python bench/peers/pipeline.py [FOLDER...] [--model ViT-B-32] [--limit N] [--rounds 3] [--threads 2]

Serial: decord or PyAV, Pillow, PyTorch eager, one clip after the other. Overlapped: the same through a DataLoader of one
or two worker processes, batches of 4. Eager runs in fp32 or in autocast bf16, whichever is faster here. Models are
loaded before, so only reading, decoding and encoding are timed.

tvts is timed as the process a user starts, with loading and writing inside: "whole process". "Without start" is
what remains of it when the time of the same command on the first video alone is taken off, and that video with it.
"""

import argparse
import functools
import os
import pathlib
import subprocess
import tempfile

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

import engines
import frames
import measure
import plain_model
import videos


class Clips(Dataset):
    """The model's input of each file."""

    def __init__(self, paths, reader="decord"):
        self.paths, self.reader = paths, reader

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return frames.clip(self.reader, self.paths[index])


def serial(reader, encode, paths):
    """[files, E]"""
    return np.concatenate([encode(frames.clip(reader, path)[None].numpy()) for path in paths])


def overlapped(workers, encode, paths):
    """[files, E], worker processes started anew as in a run of its own."""
    loader = DataLoader(Clips(paths), batch_size=4, num_workers=workers)
    return np.concatenate([encode(batch.numpy()) for batch in loader])


def embed(model, precision, listing, output):
    """`tvts embed` over a list of files; [files, E] or an error."""
    command = [measure.TVTS, "embed", listing, "--input-format", "list", "--pretrained", model, "--precision", precision,
               "--output", output, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-300:])
    return np.load(output)


def faster_eager(encoder):
    """PyTorch eager in fp32 or autocast bf16, by three interleaved runs on one clip; (name, callable)."""
    clip = np.zeros((1, 12, 3, 224, 224), np.float32)
    tried = [measure.Contender("eager", p, functools.partial(engines.torch_engine(encoder, p), clip)) for p in ("fp32", "bf16")]
    measure.interleave(tried, 3)
    best = min(tried, key=measure.Contender.median).precision
    measure.say(f"PyTorch eager runs in {best}")
    return best, engines.torch_engine(encoder, best)


def listing_of(paths, file):
    file.write_text("".join(f"{path}\n" for path in paths))
    return file


def tvts_contenders(model, paths, folder, precisions, wanted):
    """(whole, first clip alone) for each precision that works here."""
    whole, first = listing_of(paths, folder / "all.txt"), listing_of(paths[:1], folder / "first.txt")
    pairs = []
    for precision in precisions:
        runs = [functools.partial(embed, model, precision, listing, folder / "tvts.npy") for listing in (whole, first)]
        try:
            cosine = measure.least_cosine(runs[0](), wanted)
        except (RuntimeError, OSError, ValueError) as problem:
            measure.say(f"tvts {precision} is left out: {problem}")
            continue
        pairs.append([measure.Contender("tvts embed", precision, run, cosine, ours=True) for run in runs])
    return pairs


def peers(encoder, paths):
    """The Python pipelines, decord's serial one first."""
    precision, encode = faster_eager(encoder)
    runs = {f"{reader}, serial": functools.partial(serial, reader, encode, paths) for reader in frames.READERS}
    for workers in (1, 2):
        runs[f"decord, DataLoader with {workers} worker{'s' * (workers > 1)}"] = functools.partial(
            overlapped, workers, encode, paths)
    return [measure.Contender(name, precision, run) for name, run in runs.items()]


def table(found, pairs, count):
    """Clips a second of every pipeline, and of tvts once more without its start."""
    rows = [(c.engine, c.precision, count / c.median() * 1e3, c.cosine) for c in found]
    for whole, first in pairs:
        rows.append((f"{whole.engine}, whole process", whole.precision, count / whole.median() * 1e3, whole.cosine))
        rest = whole.median() - first.median()
        if count > 1 and rest > 0:
            rows.append((f"{whole.engine}, without start", whole.precision, (count - 1) / rest * 1e3, whole.cosine))
    best = max(rate for engine, _, rate, _ in rows[:len(found)])
    shown = [(engine, precision, f"{rate:.2f}", "-" if cosine is None else f"{cosine:.4f}", f"{rate / best:.2f}")
             for engine, precision, rate, cosine in rows]
    return measure.markdown(("pipeline", "precision", "clips a second", "cosine", "rate / best peer"), shown)


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    videos.add_options(parser)
    parser.add_argument("--model", default="ViT-B-32")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="of PyTorch; tvts uses all cores")
    parser.add_argument("--precisions", nargs="+", default=("fp32", "auto", "int8"), help="of tvts")
    args = parser.parse_args()
    return args, videos.videos(args, parser)


def main():
    args, paths = options()
    torch.set_num_threads(args.threads)
    paths = videos.readable(paths)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        model = measure.make_model(args.model, folder)
        found = peers(plain_model.load(model)[0], paths)
        wanted = found[0].run()
        pairs = tvts_contenders(model, paths, folder, args.precisions, wanted)
        measure.interleave([*found, *(c for pair in pairs for c in pair)], args.rounds)
    print(f"\n## Files to embeddings, {args.model}\n\n{len(paths)} clips, {args.threads} threads, median of {args.rounds} "
          "rounds; cosine: the least to the embeddings of the decord pipeline.\n")
    print(table(found, pairs, len(paths)))


if __name__ == "__main__":
    main()
