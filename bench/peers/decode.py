"""Milliseconds from a file to the 12 frames of its clip, on one thread: decord, PyAV and tvts.

    python bench/peers/decode.py [FOLDER...] [--limit N] [--rounds 3]

"frames" is to RGB arrays at the video's size; "input" goes on to the model's input with Pillow (NEAREST, crop,
normalise). tvts (build/bench/bench_decode) goes from the file to the model's input. PyAV decodes everything up to the
last wanted frame. Each round reads the file anew with every reader in turn; medians over the rounds. A round of tvts is
a new process, which reads three times and gives its median.
"""

import argparse
import statistics
import subprocess
import time

import torch

import frames
import measure
import videos

PROGRAM = measure.ROOT / "build" / "bench" / "bench_decode"


def times_of(reader, path):
    """Milliseconds to the frames, and to the model's input."""
    begin = time.perf_counter()
    images = frames.READERS[reader](path)
    read = time.perf_counter()
    torch.stack([frames.transform(image) for image in images])
    return 1e3 * (read - begin), 1e3 * (time.perf_counter() - begin)


def tvts_time(path):
    """Milliseconds to the model's input; None, with a word why, when the program does not answer with a number."""
    if not PROGRAM.exists():
        return None
    done = subprocess.run([PROGRAM, path, "3"], capture_output=True, text=True)
    try:
        return float(done.stdout)
    except ValueError:
        measure.say(f"bench_decode says nothing about {path.name}: {(done.stderr or done.stdout).strip()[:200]}")
        return None


def medians(path, rounds):
    """One row: decord's two numbers, PyAV's two, tvts's."""
    seen = [(*times_of("decord", path), *times_of("PyAV", path), tvts_time(path)) for _ in range(rounds)]
    return [None if None in column else statistics.median(column) for column in zip(*seen)]


def table(rows):
    """A row a file and one of sums over the files that all have."""
    complete = [values for _, values in rows if None not in values[:4]]
    sums = [sum(column) if None not in column else None for column in zip(*complete)]
    shown = [(name, *("-" if x is None else f"{x:.0f}" for x in values)) for name, values in [*rows, ("all", sums)]]
    return measure.markdown(("clip", "decord, frames", "decord, input", "PyAV, frames", "PyAV, input", "tvts, input"), shown)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    videos.add_options(parser)
    args = parser.parse_args()
    torch.set_num_threads(1)
    if not PROGRAM.exists():
        measure.say("build/bench/bench_decode is missing; tvts is left out")
    rows = []
    for path in videos.readable(videos.videos(args, parser)):
        measure.say(path.name)
        rows.append((path.name, medians(path, args.rounds)))
    print(f"\n## Twelve frames of a clip\n\nMilliseconds, one thread, median of {args.rounds} rounds.\n")
    print(table(rows))


if __name__ == "__main__":
    main()
