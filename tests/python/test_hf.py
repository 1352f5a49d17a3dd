"""Folders in Hugging Face's layout, and the models of transformers that tvts.hf registers. What needs transformers is skipped
where it is not installed."""
import copy
import json
import pickle
import socket
import subprocess
import sys

import numpy as np
import pytest
import torch

import tvts

TEXTS = ["a red circle", "A BLUE ring, moving; it's 12", "", "naïve café — 東京", "word " * 60]
SIZES = {"name": "tiny", "kind": "B", "activation": "quick_gelu", "embed_dim": 16,
         "video": {"width": 16, "layers": 2, "heads": 2, "patch_size": 8, "image_size": 16, "num_frames": 2},
         "text": {"width": 16, "layers": 2, "heads": 2, "context_length": 16, "vocab_size": 600}}


@pytest.fixture(scope="module")
def folder(model, tmp_path_factory):
    place = tmp_path_factory.mktemp("saved") / "new" / "folder"
    model.save_pretrained(place)
    return place


@pytest.fixture
def sizes(tmp_path):
    (tmp_path / "tiny.json").write_text(json.dumps(SIZES))
    return tmp_path / "tiny.json"


@pytest.fixture(scope="module")
def pixels(model):
    return torch.randn(2, model.num_frames, 3, model.image_size, model.image_size, generator=torch.manual_seed(1))


def split(weights, place, name, write):
    """Two parts and their index."""
    names = list(weights)
    index = {}
    place.mkdir()
    for number, keys in enumerate((names[::2], names[1::2]), 1):
        stem, suffix = name.split(".")
        part = f"{stem}-{number:05}-of-00002.{suffix}"
        write({key: weights[key] for key in keys}, place / part)
        index |= {key: part for key in keys}
    (place / f"{name}.index.json").write_text(json.dumps({"metadata": {}, "weight_map": index}))
    return place


# The folder.

def test_a_saved_folder_is_the_model(folder, model, command, videos, tmp_path):
    with open(model.path, "rb") as there, open(folder / "model.safetensors", "rb") as saved:
        assert there.read() == saved.read()
    again = tvts.load(folder)
    assert again.name == model.name and again.origin == model.origin
    assert np.array_equal(again.embed_texts(TEXTS), model.embed_texts(TEXTS))
    assert model.origin in command("inspect", folder)
    (tmp_path / "labels.txt").write_text("a red circle\na blue ring\n")
    found = [command("classify", videos / "a.mp4", "--labels", tmp_path / "labels.txt", *named)
             for named in ([], ["--pretrained", folder])]
    assert found[0] == found[1]
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []


def test_the_folder_states_what_the_model_file_states(folder, model):
    config = json.loads((folder / "config.json").read_text())
    assert config["model_type"] == "tvts" and config["architectures"] == ["TvtsModel"]
    assert (config["projection_dim"], config["num_frames"], config["image_size"]) == (model.embed_dim, model.num_frames,
                                                                                     model.image_size)
    assert config["tvts"]["origin"] == model.origin and config["tvts"]["preprocess"] == "tvtsv2-eval"
    card = (folder / "README.md").read_text()
    assert model.origin in card and config["tvts"]["notice"] in card and "holds no measurements" in card
    images = json.loads((folder / "preprocessor_config.json").read_text())
    assert images["size"] == {"shortest_edge": model.image_size} and images["image_mean"] == [0.485, 0.456, 0.406]


def test_the_tokenizer_files_hold_the_models_vocabulary(folder, model):
    vocabulary = json.loads((folder / "vocab.json").read_text())
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))
    ids = model.tokenize("a red circle")[0]
    assert [vocabulary[token] for token in ("<|startoftext|>", "a</w>", "red</w>")] == ids[:3].tolist()
    assert len((folder / "merges.txt").read_text().splitlines()) == 1 + len(vocabulary) - 514


def test_weights_of_others_are_saved_as_a_model_file(sizes, tmp_path):
    trained = tvts.nn.DualEncoder(sizes, seed=3)
    torch.save({"state_dict": {f"module.{name}": value for name, value in trained.state_dict().items()}}, tmp_path / "m.pth")
    model = tvts.load(sizes, tmp_path / "m.pth", precision="fp32")
    model.save_pretrained(tmp_path / "saved")
    again = tvts.load(tmp_path / "saved", precision="fp32")
    assert again.origin == model.origin and "fine-tuned" not in again.origin
    video, ids = torch.ones(1, 2, 3, 16, 16), model.tokenize("ab c")
    assert torch.equal(again.encode_video(video), model.encode_video(video))
    assert torch.equal(again.encode_text(ids), model.encode_text(ids))
    for name, value in tvts.nn.DualEncoder.from_pretrained(tmp_path / "saved").state_dict().items():
        assert torch.equal(value, trained.state_dict()[name]), name


def test_a_folder_is_saved_over_itself(folder, model):
    before = (folder / "model.safetensors").read_bytes()
    tvts.load(folder).save_pretrained(folder)
    assert (folder / "model.safetensors").read_bytes() == before


def test_what_cannot_be_written_is_said(model, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        model.save_pretrained(tmp_path / "file")


def test_models_in_parts_are_read(model, tmp_path):
    safetensors = pytest.importorskip("safetensors.torch")
    with safetensors.safe_open(model.path, "pt") as opened:
        metadata = opened.metadata()
    weights = safetensors.load_file(model.path)
    parts = split(weights, tmp_path / "parts", "model.safetensors",
                  lambda tensors, path: safetensors.save_file(tensors, path, metadata=metadata))
    again = pickle.loads(pickle.dumps(tvts.load(parts)))
    assert np.array_equal(again.embed_texts(TEXTS), model.embed_texts(TEXTS))
    again.save_pretrained(tmp_path / "joined")
    joined = tvts.load(tmp_path / "joined")
    assert joined.origin == model.origin and np.array_equal(joined.embed_texts(TEXTS), model.embed_texts(TEXTS))
    next(parts.glob("*-00002-*")).unlink()
    with pytest.raises(ValueError, match="00002-of-00002"):
        tvts.load(parts)


def test_parts_of_torch_save_are_read(sizes, tmp_path):
    trained = tvts.nn.DualEncoder(sizes, seed=3)
    parts = split(trained.state_dict(), tmp_path / "parts", "pytorch_model.bin", torch.save)
    found = tvts.nn.DualEncoder.from_pretrained(parts, sizes).state_dict()
    assert all(torch.equal(value, found[name]) for name, value in trained.state_dict().items())


# transformers.

@pytest.fixture(scope="module")
def transformers():
    """With tvts registered, and without a network."""
    module = pytest.importorskip("transformers", reason="transformers is not installed: pip install 'tvts[hf]'")
    import tvts.hf  # noqa: F401
    return module


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def small(transformers):
    return tvts.hf.TvtsModel(tvts.hf.TvtsConfig(tvts={**tvts.hf.TvtsConfig().tvts, "model": SIZES}), seed=3)


def test_auto_model_gives_the_engines_numbers(transformers, no_network, folder, pixels):
    engine, loaded = tvts.load(precision="fp32"), transformers.AutoModel.from_pretrained(folder)
    assert type(loaded) is tvts.hf.TvtsModel and not loaded.training
    ids = engine.tokenize(TEXTS)
    with torch.no_grad():
        torch.testing.assert_close(loaded.get_video_features(pixel_values=pixels), engine.encode_video(pixels), atol=1e-4,
                                   rtol=1e-4)
        torch.testing.assert_close(loaded.get_text_features(input_ids=ids), engine.encode_text(ids), atol=1e-4, rtol=1e-4)
        direct = tvts.nn.DualEncoder.from_pretrained(folder)
        assert torch.equal(loaded.get_video_features(pixel_values=pixels), direct.encode_video(pixels))


def test_auto_tokenizer_gives_the_models_ids(transformers, no_network, folder, model):
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    found = tokenizer(TEXTS, padding="max_length", truncation=True, return_tensors="pt")
    ids = model.tokenize(TEXTS)
    ends = found.attention_mask.bool()
    assert torch.equal(found.input_ids[ends], ids[ends])
    loaded = transformers.AutoModel.from_pretrained(folder)
    with torch.no_grad():
        torch.testing.assert_close(loaded.get_text_features(**found), loaded.get_text_features(input_ids=ids))


def test_a_saved_model_of_transformers_is_one_of_tvts(transformers, no_network, small, command, tmp_path):
    video, ids = torch.ones(2, 2, 3, 16, 16), torch.tensor([[598, 5, 599], [598, 7, 599]])
    output = small(input_ids=ids, pixel_values=video, return_loss=True)
    assert output.logits_per_video.shape == (2, 2) and output.video_embeds.shape == (2, 16)
    before = output.loss.item()
    output.loss.backward()
    with torch.no_grad():
        for parameter in small.parameters():
            if parameter.grad is not None:
                parameter -= 0.1 * parameter.grad
    small.save_pretrained(tmp_path / "tuned")
    assert "fine-tuned from init seed 3" in command("inspect", tmp_path / "tuned")
    with torch.no_grad():
        assert small(ids, video, return_loss=True).loss.item() != before
        for again in (transformers.AutoModel.from_pretrained(tmp_path / "tuned"),
                      tvts.nn.DualEncoder.from_pretrained(tmp_path / "tuned")):
            encode = getattr(again, "get_video_features", None) or again.encode_video
            assert torch.equal(encode(video), small.get_video_features(video))
    small.save_pretrained(tmp_path / "asked", state_dict={name: value * 0 for name, value in small.state_dict().items()})
    assert not any(value.any() for value in transformers.AutoModel.from_pretrained(tmp_path / "asked").state_dict().values())


def test_names_of_weights_are_those_of_the_model_file(transformers, small):
    assert set(small.state_dict()) == set(small.encoder.state_dict())
    small.load_state_dict({name: torch.ones_like(value) for name, value in small.state_dict().items()})
    assert all((value == 1).all() for value in small.encoder.state_dict().values())


def test_copies_compute_the_same_and_stand_alone(transformers, small):
    video = torch.ones(1, 2, 3, 16, 16)
    before = small.get_video_features(video).detach()
    for other in (copy.deepcopy(small), pickle.loads(pickle.dumps(small))):
        assert torch.equal(other.get_video_features(video), before) and other.training == small.training
        with torch.no_grad():
            other.video_model.proj.zero_()
        assert not other.get_video_features(video).any()
    assert torch.equal(small.get_video_features(video), before)


def test_checkpointing_is_transformers_own_switch(transformers, small):
    video = torch.ones(1, 2, 3, 16, 16)
    plain = torch.autograd.grad(small.get_video_features(video).sum(), small.video_model.proj)[0]
    small.gradient_checkpointing_enable()
    again = torch.autograd.grad(small.get_video_features(video).sum(), small.video_model.proj)[0]
    torch.testing.assert_close(again, plain)


def test_what_does_not_fit_is_refused(transformers, no_network, small, folder, tmp_path):
    with pytest.raises(FileNotFoundError, match="downloads nothing"):
        tvts.hf.TvtsModel.from_pretrained("some/model")
    with pytest.raises(ValueError, match="expected float32"):
        transformers.AutoModel.from_pretrained(folder, dtype=torch.bfloat16)
    with pytest.raises(ValueError, match="does not take quantization_config"):
        tvts.hf.TvtsModel.from_pretrained(folder, quantization_config={})
    with pytest.raises(ValueError, match="other sizes"):
        tvts.hf.TvtsModel.from_pretrained(folder, config=small.config)
    with pytest.raises(ValueError, match="uploads nothing"):
        small.save_pretrained(tmp_path / "folder", push_to_hub=True)


def test_without_transformers_the_import_says_what_to_install():
    program = "import sys; sys.modules['transformers'] = None\nimport tvts\ntry:\n    import tvts.hf\nexcept ImportError as e:\n" \
              "    print(e)\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "pip install 'tvts[hf]'" in done.stdout


def test_tvts_itself_does_not_import_transformers():
    program = "import sys, tvts; tvts.load(); print('transformers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
