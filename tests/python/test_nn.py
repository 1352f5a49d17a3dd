"""The modules that take gradients: torch's own in every respect, and the engine's numbers."""
import copy
import io

import pytest
import torch

import tvts

SIZES = ('{"name": "tiny", "kind": "B", "activation": "quick_gelu", "embed_dim": 16, "video": {"width": 16, "layers": 2, "heads": 2, '
         '"patch_size": 8, "image_size": 16, "num_frames": 2}, "text": {"width": 16, "layers": 2, "heads": 2, '
         '"context_length": 16, "vocab_size": 600}}')


@pytest.fixture
def sizes(tmp_path):
    (tmp_path / "tiny.json").write_text(SIZES)
    return tmp_path / "tiny.json"


@pytest.fixture
def small(sizes):
    return tvts.nn.DualEncoder(sizes, segments=2, seed=3)


@pytest.fixture
def batch(small):
    generator = torch.Generator().manual_seed(5)
    return torch.randn(4, 2, 3, 16, 16, generator=generator), small.tokenize(["a", "red ball", "two", "circles"])


def test_features_are_those_of_the_engine(videos):
    module, model = tvts.nn.DualEncoder.from_pretrained(), tvts.load(precision="fp32")
    pixels = model.pixel_values(model.read_clips(videos / "a.mp4", window=1))
    with torch.no_grad():
        torch.testing.assert_close(module.encode_video(pixels), model.encode_video(pixels), atol=1e-4, rtol=1e-4)
        ids = module.tokenize(["a red circle moves"])
        assert torch.equal(ids, model.tokenize(["a red circle moves"]))
        torch.testing.assert_close(module.encode_text(ids, normalize=True), model.encode_text(ids, normalize=True), atol=1e-4,
                                   rtol=1e-4)


def test_the_state_dict_has_the_keys_of_the_model_file():
    module = tvts.nn.DualEncoder.from_pretrained()
    safetensors = pytest.importorskip("safetensors")
    with safetensors.safe_open(tvts.load().path, "pt") as opened:
        assert set(module.state_dict()) == set(opened.keys())
    video = tvts.nn.VideoEncoder.from_pretrained()
    assert {f"video_model.{name}" for name in video.state_dict()} == {name for name in module.state_dict()
                                                                       if name.startswith("video_model.")}


def test_a_step_of_any_optimizer_changes_what_is_computed(small, batch):
    video, ids = batch
    optimizer = torch.optim.AdamW(small.parameters(), lr=1e-2)
    losses = []
    for _ in range(8):
        optimizer.zero_grad()
        loss = tvts.losses.contrastive(*small(video, ids))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] - 0.5, losses
    assert all(parameter.grad is not None for name, parameter in small.named_parameters() if not name.startswith("pred_model."))


def test_gradients_are_those_of_numeric_differences(small, batch):
    video, ids = batch
    loss = tvts.losses.contrastive(*small(video, ids), temperature=1.0)
    loss.backward()
    parameter = dict(small.named_parameters())["video_model.proj"]
    with torch.no_grad():
        numbers = []
        for sign in (1, -1):
            parameter[3, 4] += sign * 1e-2
            numbers.append(tvts.losses.contrastive(*small(video, ids), temperature=1.0).item())
            parameter[3, 4] -= sign * 1e-2
    assert (numbers[0] - numbers[1]) / 2e-2 == pytest.approx(parameter.grad[3, 4].item(), rel=5e-2, abs=1e-4)


def test_copies_and_pickles_are_models_of_their_own(small, batch):
    video, ids = batch
    small.video_model.requires_grad_(False)
    file = io.BytesIO()
    torch.save(small, file)
    file.seek(0)
    for again in (copy.deepcopy(small), torch.load(file, weights_only=False)):
        assert list(again.state_dict()) == list(small.state_dict())
        assert torch.equal(again.encode_video(video), small.encode_video(video))
        assert not again.video_model.proj.requires_grad and again.text_projection.requires_grad
        with torch.no_grad():
            again.video_model.proj.zero_()
        assert not torch.equal(again.encode_video(video), small.encode_video(video))


def test_weights_are_loaded_into_the_native_model(small, sizes, batch):
    other = tvts.nn.DualEncoder(sizes, segments=2, seed=4)
    assert not torch.equal(other.encode_video(batch[0]), small.encode_video(batch[0]))
    other.load_state_dict(small.state_dict())
    assert torch.equal(other.encode_video(batch[0]), small.encode_video(batch[0]))


def test_checkpointing_changes_no_gradient(small, batch):
    def gradients():
        small.zero_grad()
        tvts.losses.contrastive(*small(*batch)).backward()
        return [parameter.grad.clone() for parameter in small.parameters() if parameter.grad is not None]

    plain = gradients()
    small.set_grad_checkpointing()
    for a, b in zip(plain, gradients(), strict=True):
        torch.testing.assert_close(a, b)


def test_sorting_is_learned_from_tokens_of_masked_clips(small, batch):
    video, ids = batch
    keep = tvts.nn.tube_mask(4, small.patches_per_frame, 0.5, torch.Generator().manual_seed(1))
    assert keep.shape == (4, 2)
    _, tokens = small.video_tokens(video, keep)
    assert tokens.shape == (4, 1 + 2 * 2, 16)
    texts = small.encode_text(ids).detach().view(2, 2, 16)
    loss = tvts.losses.transcript_sorting(small.sort(tokens[:2], texts))
    loss.backward()
    assert small.pred_model.head.weight.grad is not None
    with pytest.raises(ValueError, match="no sort head"):
        tvts.nn.DualEncoder.from_pretrained().sort(tokens, texts)


def test_a_saved_model_is_one_of_the_commands(small, batch, command, tmp_path):
    small.save(tmp_path / "tuned.safetensors")
    assert "fine-tuned from init seed 3" in command("inspect", tmp_path / "tuned.safetensors")
    again = tvts.nn.DualEncoder.from_pretrained(tmp_path / "tuned.safetensors")
    assert torch.equal(again.encode_video(batch[0]), small.encode_video(batch[0]))


def test_parts_stand_alone(sizes, batch):
    video, text = tvts.nn.VideoEncoder(sizes), tvts.nn.TextEncoder(sizes)
    assert video(batch[0]).shape == text(batch[1]).shape == (4, 16)
    assert video(batch[0], video.tube_mask(4, 0.5)).shape == (4, 16)
    assert not any(name.startswith("video_model") for name in text.state_dict())
    head = tvts.nn.SortHead(sizes, segments=3)
    assert head(torch.zeros(2, 5, 16), torch.zeros(2, 3, 16)).shape == (2, 3, 3)
    with pytest.raises(ValueError):
        video(torch.zeros(1, 2, 3, 8, 8))
