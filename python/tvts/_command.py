"""The command `tvts` of an installed package: becomes the native program at once. torch is found, not imported."""
import importlib.util
import os
import pathlib
import sys


def _program() -> pathlib.Path:
    found = importlib.util.find_spec("tvts")
    folders = (found.submodule_search_locations if found else None) or []
    for folder in folders:
        program = pathlib.Path(folder, "bin", "tvts")
        if program.exists():
            return program
    sys.exit("tvts: error: the native program is not in the package; install tvts again (pip install .)")


def _environment(program: pathlib.Path) -> dict[str, str]:
    """With the place of libtorch's libraries, where they do not lie beside the package."""
    if (program.parents[2] / "torch" / "lib").exists():
        return dict(os.environ)
    found = importlib.util.find_spec("torch")
    folders = (found.submodule_search_locations if found else None) or []
    libraries = os.pathsep.join([*(str(pathlib.Path(folder, "lib")) for folder in folders),
                                 *filter(None, [os.environ.get("LD_LIBRARY_PATH")])])
    return {**os.environ, "LD_LIBRARY_PATH": libraries}


def main() -> None:
    program = _program()
    os.execve(program, ["tvts", *sys.argv[1:]], _environment(program))
