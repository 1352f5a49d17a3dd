"""What the package needs at run time, for scikit-build-core: the minor version of the torch that builds it."""
import pathlib
import re
from collections.abc import Mapping

PROJECT = pathlib.Path(__file__).resolve().parents[2] / "pyproject.toml"
OTHERS = ["numpy>=1.26", "typing-extensions"]


def dynamic_metadata(settings: Mapping[str, object], project: Mapping[str, object]) -> dict[str, list[str]]:
    stated = re.search(r'^requires = .*"torch==(\d+\.\d+)\.\d+"', PROJECT.read_text(encoding="utf-8"), re.MULTILINE)
    if stated is None:
        raise RuntimeError("expected torch==X.Y.Z among the build requirements of pyproject.toml")
    return {"dependencies": [f"torch=={stated[1]}.*", *OTHERS]}
