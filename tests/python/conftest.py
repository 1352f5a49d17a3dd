"""What the tests of the Python package share: videos drawn by FFmpeg's program, the small model, the command."""
import os
import pathlib
import shutil
import subprocess

import pytest

import tvts


def draw(path, seconds=3, size="96x64", kind="testsrc2"):
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"{kind}=size={size}:rate=8:duration={seconds}", str(path)],
                   check=True, stdin=subprocess.DEVNULL)
    return path


@pytest.fixture(scope="session")
def videos(tmp_path_factory):
    """A folder of three videos."""
    folder = tmp_path_factory.mktemp("videos")
    for name, kind, seconds in (("a", "testsrc2", 3), ("b", "testsrc", 5), ("c", "smptebars", 2)):
        draw(folder / f"{name}.mp4", seconds, kind=kind)
    return folder


@pytest.fixture(scope="session")
def broken(tmp_path_factory):
    path = tmp_path_factory.mktemp("broken") / "broken.mp4"
    path.write_text("this is no video")
    return path


@pytest.fixture(scope="session")
def model():
    return tvts.load()


@pytest.fixture(scope="session")
def command():
    """Runs the program: command("embed", ...). The one that TVTS_PROGRAM names, or the one in the PATH."""
    program = os.environ.get("TVTS_PROGRAM") or shutil.which("tvts")
    assert program, "no tvts in the PATH"

    def run(*arguments, expected=0):
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == expected, done.stderr
        return done.stdout

    return run


@pytest.fixture
def store(videos, model, tmp_path) -> pathlib.Path:
    """The folder of a store of the three videos."""
    model.fill_store(videos, tmp_path / "store")
    return tmp_path / "store"
