"""Texts a second through the text encoder: every peer and tvts, turn by turn in one run.

    python bench/peers/text.py [--model ViT-B-32] [--texts 256] [--rounds 5] [--threads 2]

Texts are random tokens, 6 to 24 of them as captions have, in batches. Peers get them padded to the model's 77, as
CLIP's tokenizer gives them. "Trimmed" is what a careful user of PyTorch does: sorted by length, each batch cut to its
longest, which changes no result. tvts gets texts of the same lengths in the same batches. What is timed: tokens in
memory to embeddings in memory, for all texts.
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
    parser.add_argument("--texts", type=int, default=256)
    parser.add_argument("--batch", type=int, default=32, help="texts in one call; divides --texts")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--precisions", nargs="+", default=(*measure.hardware_precisions(), "int8"),
                        choices=engines.PRECISIONS, help="default: int8 and those that the CPU has in hardware")
    parser.add_argument("--cache", type=pathlib.Path, help="folder that keeps the exported ONNX files for the next run")
    args = parser.parse_args()
    if args.texts % args.batch:
        parser.error("--batch must divide --texts")
    return args


def random_texts(config, count):
    """int64 [count, context]: start, random tokens, end (the largest), zeros; lengths 6 to 24, evenly spread, sorted."""
    draw = np.random.default_rng(1)
    context, words = config["text"]["context_length"], config["text"]["vocab_size"]
    lengths = np.linspace(6, 24, count).round().astype(int)
    ids = np.zeros((count, context), np.int64)
    for row, length in zip(ids, lengths):
        row[:length] = draw.integers(1, words - 2, length)
        row[0], row[length - 1] = words - 2, words - 1
    return ids, lengths


def batches(values, size):
    return [values[i:i + size] for i in range(0, len(values), size)]


def all_of(engine, parts):
    """Every batch through an engine."""
    for part in parts:
        engine(part)


def tvts_round(server, lengths, size):
    """The milliseconds of all batches, by tvts's own clock. Its texts are its own, so there is no cosine."""
    questions = [" ".join(map(str, ("text", *part))) for part in batches(lengths, size)]
    return lambda: sum(map(server.milliseconds, questions)), None


def trimmed(encoder, parts, lengths, precision, wanted):
    """PyTorch eager over batches cut to their longest text."""
    parts = [part[:, :ends[-1]] for part, ends in zip(parts, batches(lengths, len(parts[0])))]
    name = "PyTorch eager, trimmed"
    return engines.contenders({name: lambda: engines.torch_engine(encoder, precision)}, precision, parts[0], wanted,
                              work=lambda engine: all_of(engine, parts))


def prepare(args, folder, stack):
    """All contenders, the peers checked on the first batch."""
    path = measure.make_model(args.model, folder)
    _, encoder, config = plain_model.load(path)
    ids, lengths = random_texts(config, args.texts)
    parts = batches(ids, args.batch)
    wanted = engines.torch_engine(encoder, "fp32")(parts[0])
    found = tvts_contenders(path, args.precisions, args.threads, stack,
                            lambda server: tvts_round(server, lengths, args.batch))
    for precision in args.precisions:
        peers = engines.text_engines(path, precision, parts[0], args.threads, args.cache or pathlib.Path(folder) / "onnx")
        found += engines.contenders(peers, precision, parts[0], wanted, work=functools.partial(all_of, parts=parts))
        if precision != "int8":
            found += trimmed(encoder, parts, lengths, precision, wanted)
    return found


def main():
    args = options()
    found = engines.timed_in_turns(args, prepare)
    print(f"\n## Text encoder, {args.model}\n\n{args.texts} texts of 6 to 24 tokens in batches of {args.batch}, "
          f"{args.threads} threads, median of {args.rounds} rounds; cosine: to PyTorch eager fp32.\n")
    print(measure.comparison(found, "texts a second", lambda milliseconds: f"{1e3 * args.texts / milliseconds:.0f}"))


if __name__ == "__main__":
    main()
