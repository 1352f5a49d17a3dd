#!/usr/bin/env python3
"""Makes the Debian package of a build, unpacks it into a folder, moves that away, and uses it there.

    package.py BUILD_FOLDER SCRATCH_FOLDER

What it depends on is taken from the machine that built it, which has it.
"""
import os
import pathlib
import re
import shutil
import sys

from installed import ROOT, run

SKIPPED = 77  # what tests/install/CMakeLists.txt tells ctest


def fields_of(package):
    text = run("dpkg-deb", "--field", package).stdout
    return dict(re.findall(r"^([\w-]+): (.*)$", text, re.MULTILINE))


def check_fields(package, tvts):
    fields = fields_of(package)
    version = re.search(r"[\d.]+", run(tvts, "--version").stdout)[0]
    architecture = run("dpkg", "--print-architecture").stdout.strip()
    for name, expected in (("Package", "tvts"), ("Version", version), ("Architecture", architecture)):
        if fields.get(name) != expected:
            sys.exit(f"field {name}: found {fields.get(name)}, expected {expected}")
    if not re.fullmatch(r".+ <\S+@\S+>", fields.get("Maintainer", "")):
        sys.exit(f"field Maintainer: found {fields.get('Maintainer')}, expected NAME <ADDRESS>")
    needed = re.findall(r"(?:^|, )([\w.+-]+)", fields.get("Depends", ""))
    for expected in ("libc6", "libstdc++6", "libgomp1", "libavcodec", "libavformat", "libicu"):
        if not any(name.startswith(expected) for name in needed):
            sys.exit(f"field Depends: no {expected} in {needed}")


def check_owners_and_modes(package):
    """Of root, and for everyone to read, whoever made the package."""
    for line in run("dpkg-deb", "--contents", package).stdout.splitlines():
        mode, owner, *_, name = line.split()
        wanted = "lrwxrwxrwx" if mode[0] == "l" else "drwxr-xr-x" if mode[0] == "d" or name == "./usr/bin/tvts" else "-rw-r--r--"
        if owner != "root/root" or mode[1:] != wanted[1:]:
            sys.exit(f"{line}: expected root/root and {wanted}")


def unpack(package, scratch):
    run("dpkg-deb", "--extract", package, scratch / "unpacked")
    (scratch / "unpacked").rename(scratch / "moved")
    return scratch / "moved"


def check_libraries(folder):
    """Checks the libraries in the package, and that all others are the system's."""
    brought = sorted(path.name for path in folder.rglob("*.so*") if not path.is_symlink())
    if [re.sub(r"\.so\.[\d.]+$", ".so", name) for name in brought] != ["libc10.so", "libtorch_cpu.so", "libtvts.so"]:
        sys.exit(f"found the libraries {brought}, expected libtvts, libtorch_cpu and libc10 alone")
    for binary in (folder / "usr/bin/tvts", folder / "usr/lib/libtvts.so"):
        for line in run("ldd", binary).stdout.splitlines():
            name, _, path = line.strip().partition(" => ")
            inside = path.startswith(str(folder))
            if "not found" in path or inside != name.startswith(("libtorch", "libc10")) or (not inside and str(ROOT) in path):
                sys.exit(f"{binary}: {line.strip()}")


def check_texts(folder):
    """No file of ours names the path where it was built; no licence in it is the GPL; all that is inside has one."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file() or path.parent.name == "tvts" and path.suffix == ".so":
            continue
        content = path.read_bytes()
        if str(ROOT).encode() in content:
            sys.exit(f"{path} names {ROOT}")
        if b"GNU GENERAL PUBLIC LICENSE" in content:
            sys.exit(f"{path} is the GPL")
    documents = folder / "usr/share/doc/tvts"
    named = re.findall(r"[\w/-]*(?:LICENSE|-copyright)\b", (documents / "copyright").read_text())
    missing = [name for name in named if not (documents / name).is_file()]
    if missing or len(set(named)) < 4:
        sys.exit(f"the file copyright names {named}; missing are {missing}")


def check_use(tvts, scratch):
    video = scratch / "video.mp4"
    run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=8:duration=2", video)
    run(tvts, "embed", video, "--output", scratch / "v.npy")
    rows = (scratch / "v.jsonl").read_text().splitlines()
    if len(rows) != 1 or (scratch / "v.npy").stat().st_size < 128:
        sys.exit(f"embedding one video gave the rows {rows}")


def main():
    if not shutil.which("dpkg-shlibdeps") or not shutil.which("file"):
        print("dpkg-shlibdeps or file is missing: run tools/setup --package")
        sys.exit(1 if os.environ.get("CI") else SKIPPED)
    build, scratch = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    os.umask(0o077)
    run("cpack", "--config", build / "CPackConfig.cmake", "-B", scratch)
    package = next(scratch.glob("tvts_*.deb"))
    folder = unpack(package, scratch)
    check_fields(package, folder / "usr/bin/tvts")
    check_owners_and_modes(package)
    check_libraries(folder)
    check_texts(folder)
    check_use(folder / "usr/bin/tvts", scratch)
    shutil.rmtree(scratch)  # it has libtorch three times


if __name__ == "__main__":
    main()
