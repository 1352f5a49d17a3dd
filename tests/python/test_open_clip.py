"""The names that users of open_clip and of Hugging Face's X-CLIP have in their code."""
import pickle

import numpy as np
import pytest
import torch

import tvts


@pytest.fixture(scope="module")
def weights(model):
    return model.path


def test_models_are_made_by_name_and_by_folder(weights, model, tmp_path):
    (tmp_path / "model.safetensors").symlink_to(weights)
    other, _, preprocess = tvts.create_model_and_transforms(f"local-dir:{tmp_path}")
    assert other.name == model.name and other.precision == "fp32"
    with pytest.raises(FileNotFoundError, match="open_clip_model.safetensors"):
        tvts.create_model_from_pretrained(f"local-dir:{tmp_path.parent}")
    with pytest.raises(ValueError, match="downloads nothing"):
        tvts.create_model_and_transforms("hf-hub:some/model")
    with pytest.raises(ValueError, match="ViT-B-32"):
        tvts.create_model_and_transforms("ViT-B-32", pretrained=weights)
    with pytest.raises(ValueError, match="ViT-B-99"):
        tvts.create_model_and_transforms("ViT-B-99", pretrained=weights)


def test_a_file_frames_and_a_picture_are_preprocessed(videos, model):
    preprocess = tvts.create_model_from_pretrained(f"local-dir:{_folder(model)}")[1]
    size = (3, model.image_size, model.image_size)
    video = preprocess(videos / "a.mp4")
    assert video.shape == (model.num_frames, *size)
    assert torch.equal(video, model.pixel_values(model.read_clips(videos / "a.mp4"))[0])
    assert preprocess(np.zeros((40, 30, 20, 3), np.uint8)).shape == (model.num_frames, *size)
    assert preprocess(np.zeros((30, 20, 3), np.uint8)).shape == size


def _folder(model):
    import pathlib
    import tempfile

    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "model.safetensors").symlink_to(model.path)
    return folder


def test_features_are_not_normalised_unless_asked(model):
    pixels = torch.randn(2, model.num_frames, 3, model.image_size, model.image_size, generator=torch.manual_seed(1))
    plain, unit = model.encode_video(pixels), model.encode_video(pixels, normalize=True)
    assert plain.shape == (2, model.embed_dim) and not plain.requires_grad
    torch.testing.assert_close(unit, torch.nn.functional.normalize(plain, dim=1))
    assert torch.equal(model.get_video_features(pixel_values=pixels), plain)
    assert torch.equal(model.encode_image(pixels[:, 0]), model.encode_video(pixels[:, :1]))
    ids = model.tokenize("a red circle")
    assert torch.equal(model.get_text_features(input_ids=ids, attention_mask=ids > 0), model.encode_text(ids))
    assert model.eval() is model


def test_the_tokenizer_is_clips(model):
    tokenizer = tvts.get_tokenizer("ViT-B-32")
    assert tvts.list_models() == ["ViT-B-32", "ViT-B-16", "ViT-H-14"]
    ids = tokenizer(["a dog", "hello world"])
    assert ids.shape == (2, 77) and ids.dtype == torch.int64
    assert ids[0, :4].tolist() == [49406, 320, 1929, 49407] and ids[1, 1:3].tolist() == [3306, 1002]
    assert tokenizer("a dog", context_length=8).shape == (1, 8)
    assert torch.equal(pickle.loads(pickle.dumps(tokenizer))("a dog"), ids[:1])
    with pytest.raises(ValueError, match="ViT-Z"):
        tvts.get_tokenizer("ViT-Z")
