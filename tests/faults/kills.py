#!/usr/bin/env python3
"""Kills embed, pretrain and eval at random moments as kill -9 does, and lets them go on: the same bytes must come out.

    kills.py TVTS SCRATCH_FOLDER [--kills N] [--seed N] [--commands embed-store,...]

Each of N trials starts in an empty folder, is killed once at a moment between its start and its usual end, and is
started again. What then differs from an undisturbed run is printed, and the exit code is 1.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import time

from workshop import COMMANDS, Workshop, snapshot

# Files that state the time of the work, and caches.
TIMES = re.compile(r"_stats/|curves\.(html|svg)$|/cache/|^cache/")
TIMED_FIELDS = {"clips_per_second", "wait_share", "seconds"}


def comparable(folder):
    files = {name: content for name, content in snapshot(folder).items() if not TIMES.search(name)}
    for name in files:
        if name.endswith("log.jsonl"):
            records = [json.loads(line) for line in files[name].splitlines()]
            files[name] = [{key: value for key, value in one.items() if key not in TIMED_FIELDS} for one in records]
    return files


def timed_run(workshop, arguments):
    workshop.clear()
    begin = time.monotonic()
    done = workshop.run(arguments)
    if done.returncode not in (0, 3):
        sys.exit(f"tvts {arguments}: {done.returncode}\n{done.stderr}")
    return time.monotonic() - begin, done.returncode


def killed(workshop, arguments, seconds):
    """True if the run was still going on by then."""
    workshop.clear()
    process = workshop.start(arguments)
    try:
        process.communicate(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True


def try_command(workshop, name, kills, chance):
    """Yields, for each trial, what is wrong with it; None where the run ended before it could be killed."""
    arguments = COMMANDS[name]
    seconds, code = timed_run(workshop, arguments)
    expected = comparable(workshop.out)
    for _ in range(kills):
        if not killed(workshop, arguments, chance.uniform(0, seconds)):
            yield None
            continue
        begin = time.monotonic()
        again = workshop.run(arguments)
        seconds = 0.7 * seconds + 0.3 * (time.monotonic() - begin)  # the machine's speed changes
        if again.returncode != code:
            yield f"ends with {again.returncode}: {again.stderr[-300:]}"
            continue
        found = comparable(workshop.out)
        yield ", ".join(sorted(file for file in found.keys() | expected.keys() if found.get(file) != expected.get(file)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tvts", type=pathlib.Path)
    parser.add_argument("scratch", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=100, help="of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--commands", default="embed-store,pretrain,eval")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    workshop = Workshop(options.tvts, options.scratch)
    wrong = 0
    for name in options.commands.split(","):
        outcomes = list(try_command(workshop, name, options.kills, chance))
        complaints = [outcome for outcome in outcomes if outcome]
        wrong += len(complaints)
        for complaint in complaints:
            print(f"{name}: {complaint}")
        print(f"{name}: {len(outcomes) - outcomes.count(None)} kills, {len(complaints)} with other bytes", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
