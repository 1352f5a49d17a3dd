"""Compares the hits of searches in different precisions: the same videos, in the same order?

    python bench/peers/hits.py WORLD [--pretrained M] [--precisions bf16 int8] [--depth 10]

WORLD is a folder that `tvts data world` wrote: the texts of its MSR-VTT test find its videos. Beside R@1 it tells how
often the first hit is the one in fp32, how many of the first ten are, and how many pairs among these stand in the other
order (a pair counts when both of its videos are among the ten in both precisions).
"""

import argparse
import csv
import itertools
import pathlib
import subprocess
import tempfile

import numpy as np

import measure


def test_pairs(world):
    """The texts and the video of each, in the annotation's order."""
    folder = world / "eval" / "msrvtt"
    with open(folder / "MSRVTT_JSFUSION_test.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["sentence"] for row in rows], [folder / "videos" / "all" / f"{row['video_id']}.mp4" for row in rows]


def embedded(what, model, precision, output):
    """The rows that tvts embed gives for `what`."""
    chosen = ["--pretrained", model] if model else []
    subprocess.run([measure.TVTS, "embed", *what, *chosen, "--precision", precision, "--output", output, "--quiet"],
                   check=True)
    return np.load(output)


def similarities(texts, videos, model, precision, folder):
    """[texts, videos]: cosines; and the videos' embeddings."""
    listing, lines = folder / "videos.txt", folder / "texts.txt"
    listing.write_text("".join(f"{path}\n" for path in videos))
    lines.write_text("".join(f"{text}\n" for text in texts))
    found = embedded([listing, "--input-format", "list"], model, precision, folder / f"{precision}.npy")
    return embedded(["--texts", lines], model, precision, folder / f"{precision}.texts.npy") @ found.T, found


def swapped_pairs(one, other):
    """Pairs of the hits of both lists, and how many of them stand in another order."""
    ranks = [{hit: rank for rank, hit in enumerate(hits)} for hits in (one, other)]
    common = [hit for hit in one if hit in ranks[1]]
    pairs = list(itertools.combinations(common, 2))
    return len(pairs), sum((ranks[0][a] < ranks[0][b]) != (ranks[1][a] < ranks[1][b]) for a, b in pairs)


def compared(wanted, found, depth):
    """Shares of first hits and of the first `depth` that stay, and of pairs that change order."""
    hits = [np.argsort(-scores, axis=1, kind="stable")[:, :depth] for scores in (wanted, found)]
    firsts = np.mean(hits[0][:, 0] == hits[1][:, 0])
    kept = np.mean([len(set(one) & set(other)) / depth for one, other in zip(*hits)])
    pairs, swapped = np.sum([swapped_pairs(list(one), list(other)) for one, other in zip(*hits)], axis=0)
    return firsts, kept, swapped / pairs


def recall(scores):
    """R@1 in percent: text i belongs to video i, ties count as found."""
    return 100 * np.mean(scores.diagonal() >= scores.max(axis=1))


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("world", type=pathlib.Path)
    parser.add_argument("--pretrained", default="", help="default: the model that comes with tvts")
    parser.add_argument("--precisions", nargs="+", default=["bf16", "int8"])
    parser.add_argument("--depth", type=int, default=10)
    return parser.parse_args()


def main():
    args = options()
    texts, videos = test_pairs(args.world)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        run = lambda precision: similarities(texts, videos, args.pretrained, precision, pathlib.Path(name))
        wanted, reference = run("fp32")
        rows.append(("fp32", f"{recall(wanted):.1f}", "-", "-", "-", "-"))
        for precision in args.precisions:
            scores, found = run(precision)
            firsts, kept, swapped = compared(wanted, scores, args.depth)
            rows.append((precision, f"{recall(scores):.1f}", f"{measure.least_cosine(found, reference):.5f}",
                         f"{100 * firsts:.1f} %", f"{100 * kept:.1f} %", f"{100 * swapped:.2f} %"))
    print(f"\n## Hits in other precisions\n\n{len(texts)} texts, {len(videos)} videos.\n")
    print(measure.markdown(("precision", "R@1", "least cosine", "same first hit", f"of the first {args.depth}",
                            "pairs in another order"), rows))


if __name__ == "__main__":
    main()
