"""Evaluation, probes, attention maps and pre-training beside the commands that write the same files."""
import json
import pathlib

import numpy as np
import pytest

import tvts
from conftest import draw
from small_run import CLIPS, MODEL, png

KINDS = {"bars": "smptebars", "test": "testsrc"}


@pytest.fixture(scope="session")
def labelled(tmp_path_factory):
    """Two tables of videos of two classes: train.csv and test.csv."""
    folder = tmp_path_factory.mktemp("labelled")
    for split, lengths in (("train", (2, 3)), ("test", (4,))):
        rows = [(draw(folder / f"{label}{seconds}.mp4", seconds, kind=kind), label)
                for label, kind in KINDS.items() for seconds in lengths]
        (folder / f"{split}.csv").write_text("path,label\n" + "".join(f"{path},{label}\n" for path, label in rows))
    return folder


def files(folder, *names):
    return {name: (pathlib.Path(folder) / name).read_bytes() for name in names}


def test_an_evaluation_writes_the_commands_files_and_gives_what_they_hold(labelled, model, command, tmp_path):
    stages = []
    found = tvts.evaluate("actions", labelled / "test.csv", model=model, output=tmp_path / "ours", resamples=200,
                          progress=lambda done, failed, total: stages.append((done, total)))
    command("eval", "actions", "--data", labelled / "test.csv", "--output", tmp_path / "theirs", "--resamples", 200,
            "--pretrained", model.path, "--precision", model.precision)
    names = ("actions/result.json", "actions/items.jsonl", "actions/confusion.png")
    assert files(tmp_path / "ours", *names) == files(tmp_path / "theirs", *names)
    result = json.loads((tmp_path / "ours/actions/result.json").read_text())
    assert found.benchmark == "actions" and found.manifest == result["manifest"]
    assert [(each.key, each.value) for each in found.measures.values()] == [(each["key"], each["value"])
                                                                           for each in result["measures"]]
    assert found["top1"] == found.measures["top1"].value and "top-1" in str(found)
    assert [item.text for item in found.items] == list(KINDS)
    assert found.confusion.shape == (2, 2) and found.confusion.sum() == 2
    assert stages and stages[-1][0] == stages[-1][1]


def test_several_benchmarks_give_a_list_and_checks_need_no_model(labelled, tmp_path):
    (labelled / "short.csv").write_text("path,label\n" + str(labelled / "gone.mp4") + ",bars\n"
                                        + str(labelled / "test4.mp4") + ",test\n")
    [check] = tvts.check_benchmarks("actions", labelled / "short.csv", output=tmp_path)
    assert check.videos == 2 and [missing.status for missing in check.missing] == ["missing"]
    [found] = tvts.evaluate(["actions"], labelled / "short.csv", output=tmp_path, resamples=100)
    assert len(found.items) == 1 and len(found.missing) == 1


def test_mistakes_are_told_before_anything_is_written(tmp_path):
    with pytest.raises(ValueError, match="nothing"):
        tvts.evaluate("nothing", tmp_path, output=tmp_path / "out")
    with pytest.raises(TypeError, match="resamples"):
        tvts.evaluate("actions", tmp_path, output=tmp_path / "out", resample=100)
    with pytest.raises(FileNotFoundError):
        tvts.evaluate("actions", tmp_path / "gone.csv", output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_probe_writes_the_commands_files_and_gives_what_they_hold(labelled, model, command, tmp_path):
    options = {"method": "lbfgs", "standardize": True}
    found = tvts.probe(train=labelled / "train.csv", test=labelled / "test.csv", output=tmp_path / "out", model=model, **options)
    names = ("probe.json", "predictions.jsonl", "probe.safetensors")
    ours = files(tmp_path / "out", *names)
    command("probe", "--train", labelled / "train.csv", "--test", labelled / "test.csv", "--output", tmp_path / "out",
            "--method", "lbfgs", "--standardize", "--pretrained", model.path, "--precision", model.precision)
    assert ours == files(tmp_path / "out", *names)
    assert found.items == 2 and found.scores.shape == (2, 2) and found.classes == sorted(KINDS)
    right = [found.classes[index] == each.label for index, each in zip(found.scores.argmax(axis=1), found.predictions)]
    assert found.top1 == pytest.approx(100 * np.mean(right))


def test_attention_maps_are_those_of_the_command_and_sum_to_one(videos, model, command, tmp_path):
    maps = tvts.attention_maps(videos / "a.mp4", model=model, outputs=[tmp_path / "ours.npy"])
    command("attend", videos / "a.mp4", "-o", tmp_path / "theirs.npy")
    np.testing.assert_array_equal(np.load(tmp_path / "ours.npy"), np.load(tmp_path / "theirs.npy"))
    np.testing.assert_array_equal(maps.patches.ravel(), np.load(tmp_path / "theirs.npy").ravel())
    assert maps.patches.shape[:2] == (1, model.num_frames) and len(maps.frames) == len(maps.frame_seconds)
    assert maps.patches.sum() + maps.cls.sum() == pytest.approx(1, abs=1e-4)
    over_time = tvts.attention_over_time(videos / "a.mp4", 0, 1, 1, model=model, per_head=True)
    assert over_time.weights.shape[1] == 1 + model.num_frames
    np.testing.assert_allclose(over_time.weights.sum(axis=1), 1, atol=1e-4)
    with pytest.raises(ValueError, match="layer"):
        tvts.attention_maps(videos / "a.mp4", model=model, layer=99)
    with pytest.raises(OSError):
        tvts.attention_maps(videos / "gone.mp4", model=model)


@pytest.fixture
def config(tmp_path):
    """A run of three steps on six pictures of stripes, as a dict."""
    for i in range(CLIPS):
        (tmp_path / f"p{i}.png").write_bytes(png(i))
    words = ("red", "green", "blue", "wide", "thin", "few")
    (tmp_path / "table.csv").write_text("path,caption\n" + "".join(f"p{i}.png,{word} stripes\n" for i, word in enumerate(words)))
    (tmp_path / "model.json").write_text(json.dumps(MODEL))
    return {"output": str(tmp_path / "run"), "model": str(tmp_path / "model.json"), "epochs": 3,
            "optimizer": {"rate_new": 1e-3, "rate_clip": 1e-3, "milestones": []},
            "corpora": [{"name": "alt", "form": "table", "list": str(tmp_path / "table.csv"), "root": str(tmp_path),
                         "batch": CLIPS}]}


def test_training_gives_the_commands_model_and_tells_each_step(config, command, tmp_path):
    plan = tvts.plan_training(config)
    steps = []
    path = tvts.train(config, output=tmp_path / "ours", on_step=steps.append)
    (tmp_path / "run.json").write_text(json.dumps(config))
    command("pretrain", "--config", tmp_path / "run.json", "--output", tmp_path / "theirs")
    ours = pathlib.Path(path)
    assert ours.read_bytes() == (tmp_path / "theirs" / ours.relative_to(tmp_path / "ours")).read_bytes()
    assert [step.step for step in steps] == [1, 2, 3] == list(range(1, plan.steps + 1)) and plan.missing == []
    assert all(step.loss > 0 and step.corpus == "alt" for step in steps)
    assert tvts.load(path).embed_dim == MODEL["embed_dim"]


def test_what_on_step_raises_ends_the_run_which_is_then_gone_on_with(config):
    def stop(step):
        if step.step == 2:
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        tvts.train(config, on_step=stop)
    steps = []
    tvts.train(config, on_step=steps.append)
    assert steps[-1].step == 3


def test_a_config_that_makes_no_sense_is_a_value_error(config, tmp_path):
    with pytest.raises(ValueError, match="epochs"):
        tvts.train({**config, "epochs": -1})
    with pytest.raises(FileNotFoundError):
        tvts.train(tmp_path / "gone.json")
