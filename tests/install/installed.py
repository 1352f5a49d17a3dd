#!/usr/bin/env python3
"""Installs a build, moves the folder away, and uses it there: the program, and the examples against the library.

    installed.py BUILD_FOLDER SCRATCH_FOLDER TORCH_FOLDER
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = "a red circle"


def run(*command, expected=0):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != expected:
        sys.exit(f"{command}: exit code {done.returncode}, expected {expected}\n{done.stdout}\n{done.stderr}")
    return done


def install(build, scratch):
    run("cmake", "--install", build, "--prefix", scratch / "first")
    (scratch / "first").rename(scratch / "moved")
    return scratch / "moved"


def build_example(name, program, scratch, *prefixes):
    folder = scratch / name
    run("cmake", "-S", ROOT / "examples" / name, "-B", folder, "-DCMAKE_PREFIX_PATH=" + ";".join(map(str, prefixes)))
    run("cmake", "--build", folder)
    return folder / program


def scores_of(lines):
    return [(line.split("\t")[1], float(line.split("\t")[0])) for line in lines.splitlines()]


def check_example(example, tvts, videos, store):
    run(tvts, "embed", videos, "--output", store)
    hits = [json.loads(line) for line in run(tvts, "search", store, "--text", TEXT, "--json").stdout.splitlines()]
    by_command = [(hit["path"], round(hit["score"], 4)) for hit in hits]
    of_store = scores_of(run(example, "--store", store, TEXT).stdout)
    of_folder = scores_of(run(example, videos, TEXT).stdout)
    if not by_command or of_store != by_command or of_folder[:len(by_command)] != by_command:
        sys.exit(f"hits differ: command {by_command}, example with a store {of_store}, with a folder {of_folder}")
    missing = run(example, "--store", store / "absent", TEXT, expected=4)
    if len(missing.stderr.splitlines()) > 3 or "absent" not in missing.stderr:
        sys.exit(f"expected a sentence about the store that is not there: {missing.stderr}")


def check_own_frames(example):
    """Frames on the standard input: a cosine for each text."""
    frames = bytes(range(256)) * 90  # 3 frames of 64 x 40
    done = subprocess.run([example, "40", "64", TEXT, "a green square"], input=frames, capture_output=True)
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    if [line[1:] for line in lines] != [[TEXT], ["a green square"]] or not all(-1 <= float(line[0]) <= 1 for line in lines):
        sys.exit(f"{example} printed {done}")
    if (none := subprocess.run([example, "40", "64", TEXT], input=b"", capture_output=True)).returncode != 2:
        sys.exit(f"{example} without a frame: {none}, expected exit code 2")


def check_fine_tune(example, tvts, videos, scratch):
    """Training on two classes lowers the loss, and the file is a model of the command's."""
    files = sorted(videos.glob("*.mp4"))[:4]
    for number, file in enumerate(files):
        folder = scratch / "classes" / ("one", "two")[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder)
    tuned = scratch / "tuned.safetensors"
    steps = run(example, scratch / "classes", tuned, 11).stdout.splitlines()
    losses = [float(step.split()[-1]) for step in steps]
    if len(losses) != 2 or losses[1] >= losses[0]:
        sys.exit(f"{example} printed {steps}, expected a loss that falls")
    if "fine-tuned from" not in run(tvts, "inspect", tuned).stdout:
        sys.exit(f"{tuned} does not say that it was fine-tuned")
    run(example, scratch / "absent", tuned, expected=1)


def check_symbols(library):
    """Only the public face is exported."""
    lines = run("nm", "-DC", "--defined-only", library).stdout.splitlines()
    names = [line.split(" ", 2)[2] for line in lines]
    foreign = [name for name in names if "tvts::api::" not in name and "tvts::Error" not in name]
    if foreign or not any("tvts::api::embed_videos" in name for name in names):
        sys.exit(f"exported beside the public face: {foreign[:5]}, of {len(names)} symbols")


def check_soname(library, tvts):
    """Programs look for MAJOR.MINOR (docs/versioning.md)."""
    major, minor = re.search(r"(\d+)\.(\d+)\.", run(tvts, "--version").stdout).groups()
    if f"soname: [libtvts.so.{major}.{minor}]" not in run("readelf", "--dynamic", library).stdout:
        sys.exit(f"expected the soname libtvts.so.{major}.{minor}")


def check_pkg_config(prefix):
    os.environ["PKG_CONFIG_PATH"] = str(next(prefix.rglob("tvts.pc")).parent)
    flags = run("pkg-config", "--cflags", "--libs", "tvts").stdout
    if str(prefix) not in flags or "-ltvts" not in flags:
        sys.exit(f"pkg-config says {flags}")


def check_program_of_the_page(prefix, scratch):
    """The program that docs/library.md shows, compiled as it says; it then misses the model that it names."""
    source, program = scratch / "program.cpp", scratch / "program"
    source.write_text(re.search(r"```cpp\n(.*?)```", (ROOT / "docs/library.md").read_text(), re.DOTALL)[1])
    flags = shlex.split(run("pkg-config", "--cflags", "--libs", "tvts").stdout)
    run("g++", "-Wall", "-Wextra", "-Werror", source, *flags, f"-Wl,-rpath,{prefix / 'lib'}", "-o", program)
    found = run(program, expected=4).stderr
    if "ViT-B-32.safetensors" not in found:
        sys.exit(f"expected a sentence about the model that is not there: {found}")


def completed(script, *words):
    """The completions of bash for the last word."""
    quoted = " ".join(f"'{word}'" for word in words)
    return run("bash", "-c", f"source {script}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _tvts; "
                             'echo "${COMPREPLY[@]}"').stdout.split()


def check_pages(prefix):
    """The manual page names every command with its options; the completion knows both."""
    page = next(prefix.rglob("man1/tvts.1")).read_text().replace("\\-", "-")
    for expected in ('.SS "tvts embed"', '.SS "tvts data check"', ".B --pretrained TEXT", ".B --memory-budget UINT"):
        if expected not in page:
            sys.exit(f"the manual page lacks {expected}")
    script = next(prefix.rglob("bash-completion/completions/tvts"))
    for words, expected in ((("tvts", "em"), ["embed"]), (("tvts", "data", "ch"), ["check"]),
                            (("tvts", "data", "check", "--fo"), ["--form"]),
                            (("tvts", "embed", "a b.mp4", "--precis"), ["--precision"])):
        if completed(script, *words) != expected:
            sys.exit(f"completion of {words} gives {completed(script, *words)}, expected {expected}")


def main():
    build, scratch, torch = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    prefix = install(build, scratch)
    tvts = prefix / "bin/tvts"
    run(tvts, "data", "world", "--output", scratch / "world", "--narrated", 0, "--alt", 0, "--stills", 0, "--val", 8, "--test", 8,
        "--twins", 1, "--test-narrated", 1, "--test-actions", 1)
    videos = next(path.parent for path in sorted((scratch / "world").rglob("*.mp4")))
    check_example(build_example("search", "search_videos", scratch, prefix), tvts, videos, scratch / "store")
    check_own_frames(build_example("own_frames", "describe_frames", scratch, prefix))
    check_fine_tune(build_example("fine_tune", "fine_tune", scratch, prefix, torch), tvts, videos, scratch)
    check_symbols(next(prefix.rglob("libtvts.so")))
    check_soname(next(prefix.rglob("libtvts.so")), tvts)
    check_pkg_config(prefix)
    check_program_of_the_page(prefix, scratch)
    check_pages(prefix)


if __name__ == "__main__":
    main()
