"""Pixels of files and of frames in memory, and tensors through the engine."""
import pickle

import numpy as np
import pytest
import torch

import tvts


def test_a_clip_has_the_frames_of_its_part(videos):
    clip = tvts.read_clip(videos / "b.mp4", num_frames=4, start=1.0, end=3.0, image_size=32)
    assert clip.pixels.dtype == np.uint8 and clip.shape == (4, 32, 32, 3)
    assert ((clip.seconds >= 1) & (clip.seconds < 3)).all() and clip.warnings == []
    assert torch.from_numpy(clip.pixels).data_ptr() == np.asarray(clip).ctypes.data
    again = pickle.loads(pickle.dumps(clip))
    assert again.pixels.tobytes() == clip.pixels.tobytes() and again.seconds.tolist() == clip.seconds.tolist()


def test_pixels_outlive_their_clip(videos):
    pixels = tvts.read_clip(videos / "a.mp4", image_size=16).pixels
    assert pixels.any()


def test_a_file_that_cannot_be_read_is_an_os_error(broken, tmp_path):
    with pytest.raises(tvts.InputsError, match="broken.mp4"):
        tvts.read_clip(broken)
    with pytest.raises(FileNotFoundError, match="absent.mp4"):
        tvts.read_clip(tmp_path / "absent.mp4")
    with pytest.raises(ValueError):
        tvts.read_clip(broken, num_frames=0)


def test_features_of_pixels_are_those_of_the_file(videos, model):
    clips = model.read_clips(videos / "b.mp4", window=2)
    pixels = model.pixel_values(clips)
    assert pixels.shape == (len(clips), model.num_frames, 3, model.image_size, model.image_size)
    by_file = model.embed_videos(videos / "b.mp4", window=2, pool="cls")
    features = model.encode_video(pixels, normalize=True)
    np.testing.assert_allclose(features.numpy(), by_file.vectors, atol=2e-2 if model.precision == "bf16" else 1e-4)


def test_frames_of_ones_own_are_chosen_as_those_of_a_file(model):
    frames = np.arange(100, dtype=np.uint8)[:, None, None, None] * np.ones((1, 80, 120, 3), np.uint8)
    clip = model.clip_of_frames(frames, np.arange(100) / 10)
    assert len(clip) == model.num_frames
    assert (clip.pixels[:, 8, 8, 0] == clip.frame_indices).all()
    np.testing.assert_allclose(clip.seconds, clip.frame_indices / 10)
    with pytest.raises(ValueError):
        model.clip_of_frames(np.zeros((2, 8, 8), np.uint8))


def test_shapes_that_do_not_fit_are_value_errors(model):
    with pytest.raises(ValueError, match="expected"):
        model.encode_video(torch.zeros(1, 2, 3, 7, 7))
    with pytest.raises(ValueError):
        model.encode_text(torch.zeros(1, 999, dtype=torch.long))


def test_text_features_are_those_of_the_texts(model):
    ids = model.tokenize(["a red circle", "a blue square"])
    assert ids.dtype == torch.int64
    features = model.encode_text(ids, normalize=True).numpy()
    np.testing.assert_allclose(features, model.embed_texts(["a red circle", "a blue square"]), atol=2e-2)
