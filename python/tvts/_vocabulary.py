"""CLIP's byte-pair merges, the file that comes with the package."""
from __future__ import annotations

import gzip
import os
import pathlib


def vocabulary_path() -> str:
    """CLIP's merges: $TVTS_VOCABULARY, or share/tvts/ beside the package."""
    name = "bpe_simple_vocab_16e6.txt.gz"
    named = os.environ.get("TVTS_VOCABULARY")
    paths = [pathlib.Path(named)] if named else [p / "share" / "tvts" / name for p in pathlib.Path(__file__).parents]
    for path in paths:
        if path.is_file():
            return str(path)
    raise FileNotFoundError(f"the vocabulary {name} is not there; set TVTS_VOCABULARY to its path")


def clip_merges(count: int) -> list[str]:
    """The first `count` of CLIP's merges, "a b" each."""
    with gzip.open(vocabulary_path(), "rt", encoding="utf-8") as lines:
        next(lines)  # the version
        return [line.rstrip("\n") for _, line in zip(range(count), lines)]
