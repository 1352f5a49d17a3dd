#!/usr/bin/env python3
"""Every command that writes files, on a disk that fails at its first, second, third ... call.

    disk_faults.py TVTS FAILING_CALLS_LIBRARY SCRATCH_FOLDER [--points N] [--seed N] [--commands embed-file,...]

A disk is full, read-only or broken (tests/faults/failing_calls.cpp). After each fault:
- the command has ended with 1 and one sentence that names the system's reason, or it has done all of its work;
- every file that is there is whole: it is as before, or as an undisturbed run leaves it;
- no temporary file is left behind;
- the same command then comes to the end of an undisturbed run.
Commands that print are given a standard output that is full, and one that is closed.

Without --points every call of every command fails once: an hour or more. With it, so many of them, chosen by the seed.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys

from workshop import COMMANDS, PRINTING, Workshop, snapshot

REASONS = {"full": "No space left on device", "read-only": "Read-only file system", "broken": "Input/output error"}
# The files that a run keeps to be resumed: finished work, each piece with a checksum or whole.
KEPT = re.compile(r"_journal/\d+\.bin$|_lock$|_retry$|/checkpoints/step_\d+/[a-z]+\.(json|safetensors)$|(^|/)cache/")
CACHED = re.compile(r"(^|/)cache/")  # only there to be quicker the next time
TEMPORARY = re.compile(r"\.part$|\.unfinished(/|$)")
NEVER = 1 << 30
# Files that belong together, the one that says so first. They replace older ones of their names: all or none.
SETS = {"embed-file": ["v.npy", "v.jsonl", "v.errors.jsonl"], "embed-texts": ["t.npy", "t.jsonl"]}
OLD = b"of an older run\n"


def is_whole_text(name, content):
    """Of a file that says how long the run took, and so differs from run to run."""
    text = content.decode()
    if name.endswith(".html"):
        return text.endswith("</html>\n")
    if name.endswith(".svg"):
        return text.rstrip().endswith("</svg>")
    lines = [text] if name.endswith(".json") else text.splitlines()
    for line in lines:
        json.loads(line)
    return text.endswith("\n")


def set_complaints(name, files):
    """Of a command that was to replace OLD files: rows of one run beside the vectors of another."""
    of_set = {one: files.get(one) == OLD for one in SETS.get(name, []) if one in files}
    first = SETS[name][0] if name in SETS else None
    if first in of_set and len(set(of_set.values())) > 1:
        yield "of an older run: " + ", ".join(one for one, is_old in of_set.items() if is_old) + ", and the rest is new"


class Undisturbed:
    """The files that two runs of a command leave: files that are the same each time, and files that are not."""

    def __init__(self, workshop, arguments):
        runs = []
        for _ in range(2):
            workshop.clear()
            done = workshop.run(arguments)
            if done.returncode not in (0, 3):
                sys.exit(f"tvts {arguments}: {done.returncode}\n{done.stderr}")
            runs.append(snapshot(workshop.out))
        self.code = done.returncode
        self.files = runs[0]
        self.varies = {name for name in runs[0] if runs[0][name] != runs[1].get(name)}

    def complaints(self, files):
        """What is wrong with the files of a disturbed run."""
        for name, content in files.items():
            if content == OLD:
                continue
            if TEMPORARY.search(name):
                yield f"{name} is left behind"
            elif KEPT.search(name):
                continue
            elif name not in self.files:
                yield f"{name} is not of an undisturbed run"
            elif content == self.files[name]:
                continue
            elif name in self.varies or name.endswith(".jsonl") and self.files[name].startswith(content):
                if not is_whole_text(name, content):
                    yield f"{name} is not whole"
            else:
                yield f"{name} is not as an undisturbed run leaves it"

    def differences(self, files):
        """Of a run that came to its end."""
        names = {name for name in files if not CACHED.search(name)}
        expected = {name for name in self.files if not CACHED.search(name)}
        for name in sorted(names ^ expected):
            yield f"{name} is {'left over' if name in names else 'missing'} in the end"
        yield from self.complaints({name: content for name, content in files.items() if name in expected})


def fault_complaints(done, undisturbed, kind, files):
    errors = [line for line in done.stderr.splitlines() if line.startswith("tvts: error:")]
    if done.returncode == undisturbed.code:
        yield from undisturbed.differences(files)
        return
    if done.returncode != 1:
        yield f"exit code {done.returncode}, expected 1: {done.stderr[-300:]}"
    if len(errors) != 1 or REASONS[kind] not in errors[0]:
        yield f"expected one sentence with '{REASONS[kind]}': {errors or done.stderr[-300:]}"
    yield from undisturbed.complaints(files)


class Fault:
    def __init__(self, workshop, library, name, kind):
        self.workshop, self.library, self.name, self.kind = workshop, library, name, kind
        self.report = workshop.folder / "calls"

    def run(self, arguments, call):
        """What became of the command, and how many calls it made."""
        self.workshop.clear()
        for old in SETS.get(self.name, []):
            (self.workshop.out / old).write_bytes(OLD)
        self.report.unlink(missing_ok=True)
        done = self.workshop.run(arguments, {"LD_PRELOAD": str(self.library), "FAULT_ROOT": str(self.workshop.out) + "/",
                                             "FAULT_CALL": str(call), "FAULT_KIND": self.kind,
                                             "FAULT_REPORT": str(self.report)})
        return done, int(self.report.read_text()) if self.report.exists() else 0


def try_command(workshop, library, name, kind, points, chance):
    """Yields (call, complaint)."""
    arguments = COMMANDS[name]
    undisturbed = Undisturbed(workshop, arguments)
    fault = Fault(workshop, library, name, kind)
    calls = fault.run(arguments, NEVER)[1]
    chosen = sorted(chance.sample(range(calls), points)) if points and points < calls else range(calls)
    for call in chosen:
        done, made = fault.run(arguments, call)
        if made <= call and done.returncode in (0, 3):
            continue  # it made fewer this time
        files = snapshot(workshop.out)
        complaints = [*fault_complaints(done, undisturbed, kind, files), *set_complaints(name, files)]
        again = workshop.run(arguments)
        if again.returncode != undisturbed.code:
            complaints.append(f"the run after it ends with {again.returncode}: {again.stderr[-300:]}")
        else:
            complaints += undisturbed.differences(snapshot(workshop.out))
        yield call, complaints


def stream_complaints(workshop, arguments):
    """Standard output that is full, and that is closed: one sentence, and nothing of it in a file."""
    command = [workshop.program, *arguments.format(out=workshop.out).split()]
    for redirection, reason in ((">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")):
        done = subprocess.run(["sh", "-c", f'exec "$@" {redirection}', "sh", *command], cwd=workshop.folder, text=True,
                              stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = [line for line in done.stderr.splitlines() if line.startswith("tvts: error:")]
        expected = f"tvts: error: cannot write to standard output: {reason}"
        if done.returncode != 1 or errors != [expected]:
            yield f"{redirection} tvts {arguments}: {done.returncode}, {errors or done.stderr[-300:]}"


def try_streams(workshop):
    workshop.clear()
    workshop.make(COMMANDS["eval"])
    return [complaint for arguments in PRINTING for complaint in stream_complaints(workshop, arguments)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tvts", type=pathlib.Path)
    parser.add_argument("library", type=pathlib.Path)
    parser.add_argument("scratch", type=pathlib.Path)
    parser.add_argument("--points", type=int, default=0, help="calls that fail, of each command and kind (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--commands", default=",".join(COMMANDS))
    parser.add_argument("--kinds", default=",".join(REASONS))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    workshop = Workshop(options.tvts, options.scratch)
    tried = wrong = 0
    for name in options.commands.split(","):
        for kind in options.kinds.split(","):
            for call, complaints in try_command(workshop, options.library.resolve(), name, kind, options.points, chance):
                tried += 1
                wrong += bool(complaints)
                for complaint in complaints:
                    print(f"{name}, {kind} at call {call}: {complaint}", flush=True)
            print(f"{name}, {kind}: {tried} faults so far, {wrong} wrong", flush=True)
    complaints = try_streams(workshop)
    print("\n".join([*complaints, f"standard output: {2 * len(PRINTING)} tried, {len(complaints)} wrong"]), flush=True)
    return 1 if wrong or complaints or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
