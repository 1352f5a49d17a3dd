"""A training loop in Python beside `tvts pretrain`, on the same data."""
import collections
import json
import pathlib
import pickle
import subprocess
import sys

import pytest
import torch

import tvts
from small_run import CLIPS, MODEL, png


@pytest.fixture
def run(tmp_path):
    """Writes the config of a run on six pictures of stripes."""
    for i in range(CLIPS):
        (tmp_path / f"p{i}.png").write_bytes(png(i))
    words = ("red", "green", "blue", "wide", "thin", "few")
    (tmp_path / "table.csv").write_text("path,caption\n" + "".join(f"p{i}.png,{word} stripes\n" for i, word in enumerate(words)))
    (tmp_path / "model.json").write_text(json.dumps(MODEL))

    def write(**more):
        config = {"output": str(tmp_path / "run"), "model": str(tmp_path / "model.json"), "epochs": 30,
                  "temporal_start": "random", "parts": 1, "freeze": {"text_layers": 0},
                  "optimizer": {"rate_new": 1e-3, "rate_clip": 1e-3, "milestones": [], "weight_decay": 0},
                  "corpora": [{"name": "alt", "form": "table", "list": str(tmp_path / "table.csv"), "root": str(tmp_path),
                               "batch": CLIPS}], **more}
        (tmp_path / "run.json").write_text(json.dumps(config))
        return tmp_path / "run.json"

    return write


LOOP = """
import sys, torch, tvts
sys.path.insert(0, sys.argv[3])
from published_adamw import PublishedAdamW
torch.set_num_threads(1)
model = tvts.nn.DualEncoder.from_config(sys.argv[1])
optimizer = PublishedAdamW(model.parameters(), rate=1e-3, epsilon=1e-6)
data = tvts.data.VideoTextDataset.from_config(sys.argv[1], batches=True)
for epoch in range(30):
    data.set_epoch(epoch)
    for batch in data:
        optimizer.zero_grad()
        video, text = model(batch["video"], batch["ids"][:, 0])
        tvts.losses.contrastive(video, text).backward()
        optimizer.step()
model.save(sys.argv[2])
"""


def test_thirty_steps_in_python_give_the_parameters_of_pretrain(run, command, tmp_path, monkeypatch):
    """On the plain path: the fast one rounds otherwise, and AdamW makes steps of the rounding where a gradient is nothing
    else, as that of a key's bias."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("ATEN_CPU_CAPABILITY", "default")
    config = run()
    command("pretrain", "--config", config)
    subprocess.run([sys.executable, "-c", LOOP, config, tmp_path / "own.safetensors", pathlib.Path(__file__).parent], check=True)
    start, expected, found = (model.state_dict() for model in (
        tvts.nn.DualEncoder.from_config(config), tvts.nn.DualEncoder.from_pretrained(tmp_path / "run/model.safetensors"),
        tvts.nn.DualEncoder.from_pretrained(tmp_path / "own.safetensors")))
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        assert not torch.equal(start[name], values), name
        assert (found[name] - values).norm() <= 1e-5 * values.norm(), name


def test_workers_give_each_sample_once(run):
    data = tvts.data.VideoTextDataset(run())
    alone = list(data)
    assert len(alone) == CLIPS and alone[0]["video"].shape == (2, 3, 16, 16) and alone[0]["ids"].shape == (1, 16)
    texts = collections.Counter(tuple(sample["ids"].flatten().tolist()) for sample in alone)
    assert set(texts.values()) == {1}
    for method in ("fork", "spawn"):
        loader = torch.utils.data.DataLoader(data, batch_size=None, num_workers=2, multiprocessing_context=method)
        assert collections.Counter(tuple(sample["ids"].flatten().tolist()) for sample in loader) == texts


def test_an_epoch_is_shuffled_anew_and_repeatable(run):
    data = tvts.data.VideoTextDataset(run())
    first = [sample["ids"].tolist() for sample in data]
    data.set_epoch(1)
    assert data.steps_per_epoch == 1
    second = [sample["ids"].tolist() for sample in data]
    assert first != second and sorted(first) == sorted(second)
    assert [sample["ids"].tolist() for sample in pickle.loads(pickle.dumps(data))] == second


def test_a_mask_comes_with_the_samples(run):
    sample = next(iter(tvts.data.VideoTextDataset(run(objective={"mask_ratio": 0.5}))))
    assert sample["keep"].shape == (2,) and sample["keep"].dtype == torch.int64


def test_a_config_that_is_wrong_or_not_there(run, tmp_path):
    with pytest.raises(ValueError, match="nearest one is 'epochs'"):
        tvts.data.VideoTextDataset(run(epoch=3))
    with pytest.raises(FileNotFoundError, match="absent.json"):
        tvts.data.VideoTextDataset(tmp_path / "absent.json")
    with pytest.raises(ValueError, match="does not divide"):
        next(iter(torch.utils.data.DataLoader(tvts.data.VideoTextDataset(run()), batch_size=None, num_workers=4)))
