"""The pages about Python: their blocks run, in order, beside videos of the names that they use."""
import pathlib
import re
import shutil

import pytest

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
PAGES = ("python-five-minutes", "python-features", "python-fine-tuning", "python-migration")


@pytest.mark.parametrize("page", PAGES)
def test_the_blocks_of_a_page_run(page, videos, tmp_path, monkeypatch):
    for video in videos.iterdir():
        shutil.copy(video, tmp_path)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```$", (DOCS / f"{page}.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert blocks
    names = {}
    for block in blocks:
        exec(compile(block, f"{page}.md", "exec"), names)
