#!/usr/bin/env python3
"""Makes the wheel of a build and the source distribution, and uses both elsewhere: the wheel in an environment of its own
that sees this interpreter's torch, from another folder; the source distribution is unpacked and configured.

    wheel.py BUILD_FOLDER SCRATCH_FOLDER
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Of the package, what needs it to be whole; the build folder's package has had all tests.
TESTS = ["test_embed.py", "test_store.py", "test_processes.py"]


def run(*command, folder=ROOT, **environment):
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, **environment})
    if done.returncode != 0:
        sys.exit(f"{command}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def check_wheel(wheel, version):
    """Its name, what is in it, what it needs, that no file names the place where it was built."""
    if not re.fullmatch(rf"tvts-{re.escape(version)}-cp\d+-cp\d+-linux_x86_64\.whl", wheel.name):
        sys.exit(f"found the wheel {wheel.name}, expected one of {version} for this machine alone (linux_x86_64)")
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        for expected in ("tvts/py.typed", "tvts/bin/tvts", "tvts/_built_with.py", "tvts/_native.pyi", "tvts/pretrain.py",
                         "tvts/share/tvts/bpe_simple_vocab_16e6.txt.gz", "tvts/share/tvts/neutral_texts.txt",
                         "tvts/share/tvts/small-world.safetensors", "tvts/share/tvts/configs/model/tiny.json"):
            if expected not in names:
                sys.exit(f"{wheel.name} lacks {expected}; it has {names}")
        strange = [name for name in names if not name.startswith(("tvts/", f"tvts-{version}.dist-info/"))]
        if strange:
            sys.exit(f"{wheel.name} has {strange} outside the package")
        for name in names:
            if str(ROOT).encode() in opened.read(name):
                sys.exit(f"{name} in {wheel.name} names {ROOT}")
        metadata = opened.read(f"tvts-{version}.dist-info/METADATA").decode()
    pin = re.search(r"torch==(\d+\.\d+)", (ROOT / "pyproject.toml").read_text())[1]
    if f"Requires-Dist: torch=={pin}.*" not in metadata:
        sys.exit(f"{wheel.name} does not need torch=={pin}.*:\n{metadata}")


def environment_that_sees_torch(folder):
    """A virtual environment with the packages of this interpreter's environment behind its own."""
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    packages = next(folder.glob("lib/python3*/site-packages"))
    (packages / "torch_of_the_project.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


def install(wheel, python):
    """By this interpreter's pip, as the environment has none."""
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--no-index", wheel)


def check_use(python, elsewhere):
    program = python.with_name("tvts")
    # Found by the package, without the build folder.
    quiet = {"PYTHONPATH": "", "LD_LIBRARY_PATH": "", "TVTS_PROGRAM": str(program)}
    place = run(python, "-c", "import tvts; print(tvts.__file__)", folder=elsewhere, **quiet).strip()
    if not place.startswith(str(python.parents[1])):
        sys.exit(f"tvts is imported from {place}, expected {python.parents[1]}")
    for name in (*TESTS, "conftest.py"):
        shutil.copy(ROOT / "tests/python" / name, elsewhere)
    print(run(python, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS, folder=elsewhere, **quiet))


def check_refusal(build):
    """A wheel for others is refused as long as FFmpeg is under the GPL, as Debian's is."""
    module = next((build / "python/tvts").glob("_native.*.so"))
    done = subprocess.run([ROOT / "tools/wheel_for_others", module], capture_output=True, text=True)
    if done.returncode != 1 or "GPL version" not in done.stderr or len(done.stderr.splitlines()) != 1:
        sys.exit(f"a wheel for others: exit code {done.returncode}, {done.stdout}{done.stderr}, expected a refusal")


def check_missing_packages(sources, folder):
    """All that Debian has to bring is named with its command, before anything else is looked at."""
    done = subprocess.run(["cmake", "-S", sources, "-B", folder, "-G", "Ninja"], capture_output=True, text=True,
                          env={**os.environ, "PKG_CONFIG_LIBDIR": str(folder)})
    said = " ".join(done.stderr.split())
    if done.returncode == 0 or "run: apt-get install -y libavformat-dev" not in said or "libhwy-dev" not in said:
        sys.exit(f"without Debian's packages CMake says: {done.stderr}")


def check_source_distribution(scratch, version):
    """It has what CMake needs: configured from what is unpacked, with the vocabulary that this checkout has."""
    run(sys.executable, "-c", "import sys; from scikit_build_core.build import build_sdist; build_sdist(sys.argv[1])", scratch)
    archive = scratch / f"tvts-{version}.tar.gz"
    with tarfile.open(archive) as opened:
        opened.extractall(scratch, filter="data")
    if archive.stat().st_size > 16 << 20:
        sys.exit(f"{archive.name} has {archive.stat().st_size} bytes, expected 16 MiB at most")
    vocabulary = ROOT / ".venv/share/tvts/bpe_simple_vocab_16e6.txt.gz"
    run("cmake", "-S", scratch / f"tvts-{version}", "-B", scratch / "configured", "-G", "Ninja", "-DTVTS_BUILD_TESTS=OFF",
        f"-DTVTS_VOCABULARY={vocabulary}", "-DCMAKE_PREFIX_PATH=" + str(pathlib.Path(sysconfig.get_path("purelib"), "torch")))
    check_missing_packages(scratch / f"tvts-{version}", scratch / "missing")
    planned = run("ninja", "-C", scratch / "configured", "-t", "commands", "tvts_python")
    if "python/native/module.cpp" not in planned:
        sys.exit(f"the configured source distribution would not build the module: {planned[-500:]}")


def main():
    build, scratch = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    shutil.rmtree(scratch, ignore_errors=True)
    elsewhere = scratch / "elsewhere"
    elsewhere.mkdir(parents=True)
    version = re.search(r"project\(tvts VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
    run(ROOT / "tools/make_wheel", build, scratch)
    wheel = next(scratch.glob("*.whl"))
    check_wheel(wheel, version)
    check_refusal(build)
    python = environment_that_sees_torch(scratch / "environment")
    install(wheel, python)
    check_use(python, elsewhere)
    check_source_distribution(scratch, version)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
