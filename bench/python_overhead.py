"""What the Python package costs beside the library: embed_videos() against `tvts embed`, on the same videos with the same model.

    PYTHONPATH=build/python python bench/python_overhead.py PROGRAM FOLDER [MODEL]

FOLDER holds videos, 100 or more. Prints processor seconds, which a busy machine changes little, of both in turn: of the command
its run less one on a single video, so that start and loading do not count; of embed_videos() the call less one on that video.
"""
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import tvts

ROUNDS = 5


def command_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def call_seconds(model, videos):
    begin = time.process_time()  # of all threads
    model.embed_videos(videos)
    return time.process_time() - begin


def main():
    program, folder, file = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:4]
    one = sorted(path for path in folder.rglob("*") if path.is_file())[0]
    model = tvts.load(*file)
    with tempfile.TemporaryDirectory() as scratch:
        def command(videos):
            return command_seconds([program, "embed", videos, *(["--pretrained", *file] if file else []), "--precision",
                                    model.precision, "--output", f"{scratch}/v.npy"])

        call_seconds(model, one)
        rows = []
        for _ in range(ROUNDS):
            rows.append((command(folder) - command(one), call_seconds(model, folder) - call_seconds(model, one)))
            print("tvts embed %.3f s, embed_videos() %.3f s of processor" % rows[-1], flush=True)
    of_command, of_package = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"embed_videos() takes {of_package / of_command:.3f} of the command")


if __name__ == "__main__":
    main()
