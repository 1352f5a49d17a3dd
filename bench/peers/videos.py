"""The videos of the programs that read files, and the ones among them that every reader can read."""

import subprocess

import frames
from measure import ROOT, TVTS, say

NEAR = ROOT.parent / "shared" / "clips" / "real"
SUFFIXES = {".mp4", ".mkv", ".webm", ".avi", ".mov", ".asf", ".m4v", ".mpg", ".ts"}


def add_options(parser):
    parser.add_argument("folders", nargs="*", type=type(ROOT), help="folders of videos, beside the ones used by default")
    parser.add_argument("--limit", type=int, default=0, help="so many videos at most")
    parser.add_argument("--rounds", type=int, default=3)


def videos(args, parser):
    """The videos in the default folder, if it is there, and in those named, in order of name; ends the run without any."""
    folders = ([NEAR] if NEAR.is_dir() else []) + args.folders
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES]
    if not found and args.folders:
        parser.error("no videos in the folders named")
    if not found:
        say("no videos beside the checkout; name a folder that has some")
        raise SystemExit(0)
    return found[:args.limit or None]


def problem_of(path):
    """Why a reader cannot use a file, or None."""
    for name in frames.READERS:
        try:
            frames.clip(name, path)
        except Exception as problem:
            return f"{name}: {str(problem).splitlines()[0][:120] if str(problem) else type(problem).__name__}"
    if subprocess.run([TVTS, "inspect", path], capture_output=True).returncode:
        return "tvts inspect fails"
    return None


def readable(paths):
    """The files that decord, PyAV and tvts can all read; the others are named and left out."""
    good = []
    for path in paths:
        problem = problem_of(path)
        if problem:
            say(f"{path.name} is left out: {problem}")
        else:
            good.append(path)
    return good
