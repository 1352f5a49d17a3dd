"""Videos and texts to numbers: those of the command, with what is wrong told by exceptions."""
import json
import logging
import pickle
import shutil
import threading

import numpy as np
import pytest
import torch

import tvts


def test_vectors_are_the_commands_byte_for_byte(videos, model, command, tmp_path):
    command("embed", videos, "--window", 2, "--stride", 1, "--precision", model.precision, "--output", tmp_path / "v.npy")
    found = model.embed_videos(videos, window=2, stride=1)
    assert found.vectors.dtype == np.float32
    assert found.vectors.tobytes() == np.load(tmp_path / "v.npy").tobytes()
    rows = [json.loads(line) for line in (tmp_path / "v.jsonl").read_text().splitlines()]
    assert [(row.path, row.start, row.end) for row in found.rows] == [(row["path"], row["start"], row["end"]) for row in rows]


def test_texts_are_the_commands_byte_for_byte(model, command, tmp_path):
    (tmp_path / "t.txt").write_text("a dog begs\na red circle\n")
    command("embed", "--texts", tmp_path / "t.txt", "--precision", model.precision, "--output", tmp_path / "t.npy")
    assert model.embed_texts(["a dog begs", "a red circle"]).tobytes() == np.load(tmp_path / "t.npy").tobytes()


def test_embeddings_are_an_array_with_rows(videos, model):
    v = model.embed_videos([videos / "a.mp4", str(videos / "b.mp4"), videos / "c.mp4"])
    assert len(v) == 3 and v.shape == (3, model.embed_dim)
    assert np.asarray(v) is v.vectors
    assert torch.from_dlpack(v).data_ptr() == v.vectors.ctypes.data
    np.testing.assert_allclose(np.linalg.norm(v, axis=1), 1, atol=1e-5)
    t = model.embed_texts("a red circle")
    np.testing.assert_array_equal(v @ t.T, v.vectors @ t.T)
    np.testing.assert_array_equal(t @ v.T, t @ v.vectors.T)
    np.testing.assert_array_equal(t @ v[:].T, t @ v.vectors.T)
    assert [row.path for row in v[1:].rows] == [str(videos / "b.mp4"), str(videos / "c.mp4")]
    assert v[[2, 0]].rows[0] == v.rows[2] and v[v.vectors[:, 0] > 9].shape == (0, model.embed_dim)
    np.testing.assert_array_equal(v[-1], v.vectors[2])
    again = pickle.loads(pickle.dumps(v))
    assert again.rows == v.rows and again.vectors.tobytes() == v.vectors.tobytes()


def test_inputs_that_cannot_be_read_raise_at_the_end_with_the_rest(videos, model, broken):
    with pytest.raises(tvts.InputsError) as raised:
        model.embed_videos([videos / "a.mp4", broken, videos / "b.mp4", videos / "absent.mp4"])
    error = raised.value
    assert [each.path for each in error.errors] == [str(broken), str(videos / "absent.mp4")]
    assert error.result.paths == [str(videos / "a.mp4"), str(videos / "b.mp4")]
    assert isinstance(error, OSError) and not isinstance(error, FileNotFoundError)
    assert "2 of 4 inputs" in str(error) and "broken.mp4" in str(error) and "\n" not in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    with pytest.raises(FileNotFoundError, match="absent.mp4"):
        model.embed_videos(videos / "absent.mp4")


def test_errors_are_skipped_where_asked_for(videos, model, broken):
    found = model.embed_videos([broken, videos / "a.mp4"], on_error="skip")
    assert len(found) == 1 and found.errors[0].path == str(broken) and found.errors[0].reason
    with pytest.raises(ValueError, match="on_error is 'ignore'"):
        model.embed_videos(videos, on_error="ignore")


def test_progress_is_told_and_may_end_the_call(videos, model, broken):
    told = []
    model.embed_videos([videos, broken], on_error="skip", progress=lambda *all: told.append(all))
    assert told[-1] == (4, 1, 4) and [done for done, _, _ in told] == [1, 2, 3, 4]

    def stop(done, failed, total):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        model.embed_videos(videos, progress=stop)


def test_progress_without_tqdm_is_a_line(videos, model, capsys, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tqdm.auto", None)
    model.embed_videos(videos, progress=True)
    assert capsys.readouterr().err.endswith("embedding: 3 of 3\n")


def test_options_that_make_no_sense_are_value_and_type_errors(videos, model):
    with pytest.raises(ValueError, match="999"):
        model.embed_videos(videos, num_frames=999)
    with pytest.raises(TypeError, match="unknown keyword 'windw'; the nearest one is 'window'"):
        model.embed_videos(videos, windw=3)
    with pytest.raises(ValueError, match="threads is 0"):
        model.embed_videos(videos, threads=0)


def test_labels_are_those_of_the_command(videos, model, command, tmp_path):
    (tmp_path / "labels.txt").write_text("run\njump\nswim\n")
    lines = command("classify", videos, "--labels", tmp_path / "labels.txt", "--template", "a person {}", "-k", 2, "--json",
                    "--precision", model.precision).splitlines()
    found = model.classify(videos, ["run", "jump", "swim"], template="a person {}", top_k=2)
    assert len(found) == 3
    assert [(row.path, *label) for row in found for label in row.labels] == [
        (line["path"], line["label"], line["score"], line["probability"]) for line in map(json.loads, lines)]
    with pytest.raises(ValueError, match="{}"):
        model.classify(videos, ["run"], template="a person")


def test_class_weights_are_texts_in_templates(model):
    np.testing.assert_allclose(model.embed_labels(["circle"]), model.embed_texts(["circle"]), atol=1e-6)


def test_a_model_is_pickled_by_its_path(videos, model):
    again = pickle.loads(pickle.dumps(model))
    assert again.precision == model.precision
    assert again.embed_videos(videos).vectors.tobytes() == model.embed_videos(videos).vectors.tobytes()


def test_many_threads_may_use_one_model(videos, model):
    expected = model.embed_videos(videos, threads=1).vectors.tobytes()
    found = []
    threads = [threading.Thread(target=lambda: found.append(model.embed_videos(videos, threads=1).vectors.tobytes()))
               for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_paths_that_are_no_utf8_come_back_as_they_are(videos, model, tmp_path):
    odd = tmp_path / b"caf\xe9.mp4".decode("utf-8", "surrogateescape")
    shutil.copy(videos / "a.mp4", odd)
    assert model.embed_videos(odd).rows[0].path == str(odd)


def test_what_the_library_says_goes_to_logging(caplog):
    with caplog.at_level(logging.INFO, "tvts"):
        tvts.load()
    said = [record for record in caplog.records if record.name == "tvts"]
    assert any("small synthetic world" in record.message and record.levelno == logging.WARNING for record in said)
    assert any("precision" in record.message and record.levelno == logging.INFO for record in said)


def test_a_model_that_is_not_there_or_no_model(tmp_path, broken):
    with pytest.raises(FileNotFoundError, match="absent.pt"):
        tvts.load(pretrained=tmp_path / "absent.pt")
    with pytest.raises(ValueError, match="broken.mp4"):
        tvts.load(broken)
    with pytest.raises(ValueError, match="ViT-B-32 has no weights"):
        tvts.load("ViT-B-32")
    with pytest.raises(ValueError, match="fp4"):
        tvts.load(precision="fp4")
