"""Milliseconds a clip takes through the video encoder: every peer and tvts, turn by turn in one run.

    python bench/peers/model.py --model ViT-B-32 [--batch 1] [--rounds 5] [--threads 2]

Random weights and random clips. What is timed: one batch, from pixels in memory to embeddings in memory. Loading,
compiling and exporting are not. The same threads for all; one call of each engine a round; medians over the rounds.
"""

import argparse
import functools
import os
import pathlib

import numpy as np

import engines
import measure
import plain_model
from server import tvts_contenders


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="ViT-B-32")
    parser.add_argument("--batch", type=int, default=1, help="clips in one call")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--precisions", nargs="+", default=(*measure.hardware_precisions(), "int8"),
                        choices=engines.PRECISIONS, help="default: int8 and those that the CPU has in hardware")
    parser.add_argument("--cache", type=pathlib.Path, help="folder that keeps the exported ONNX files for the next run")
    parser.add_argument("--only", default="", help="peers whose name contains this")
    return parser.parse_args()


def random_clips(config, batch):
    """float32 [B, T, 3, R, R]"""
    shape = config["video"]
    size = (batch, shape["num_frames"], 3, shape["image_size"], shape["image_size"])
    return np.random.default_rng(1).standard_normal(size, np.float32)


def tvts_round(server, batch, clips_file, wanted):
    """One batch in tvts, and the cosine of its embeddings of the same clips that the peers had."""
    cosine = measure.least_cosine(np.load(server.embed(clips_file)), wanted)
    return functools.partial(server.milliseconds, f"video {batch}"), cosine


def prepare(args, folder, stack):
    """All contenders, each checked against eager fp32."""
    path = measure.make_model(args.model, folder)
    encoder, _, config = plain_model.load(path)
    clips = random_clips(config, args.batch)
    wanted = engines.torch_engine(encoder, "fp32")(clips)
    clips_file = pathlib.Path(folder) / "clips.npy"
    np.save(clips_file, clips)
    found = tvts_contenders(path, args.precisions, args.threads, stack,
                            lambda server: tvts_round(server, args.batch, clips_file, wanted))
    for precision in args.precisions:
        peers = engines.video_engines(path, precision, clips, args.threads, args.cache or pathlib.Path(folder) / "onnx")
        peers = {name: make for name, make in peers.items() if args.only in name}
        found += engines.contenders(peers, precision, clips, wanted)
    return found


def main():
    args = options()
    found = engines.timed_in_turns(args, prepare)
    print(f"\n## Video encoder, {args.model}\n\nBatch {args.batch}, {args.threads} threads, "
          f"median of {args.rounds} rounds; cosine: to PyTorch eager fp32.\n")
    print(measure.comparison(found, "ms a clip", lambda milliseconds: f"{milliseconds / args.batch:.0f}"))


if __name__ == "__main__":
    main()
