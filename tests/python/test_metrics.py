"""Measures against slow counting."""
import numpy as np
import pytest
import torch

from tvts import metrics


def ranks_by_counting(similarity):
    right = np.diag(similarity)
    return 1 + (similarity > right[:, None]).sum(1), 1 + (similarity > right[None]).sum(0)


def test_ranks_are_those_of_counting():
    similarity = np.random.default_rng(3).normal(size=(60, 60)).astype(np.float32)
    found = metrics.retrieval(similarity)
    t2v, v2t = ranks_by_counting(similarity)
    np.testing.assert_array_equal(found.t2v_ranks, t2v)
    np.testing.assert_array_equal(found.v2t_ranks, v2t)
    assert found.t2v["r5"] == pytest.approx(100 * (t2v <= 5).mean())
    assert found.t2v["median_rank"] == np.median(t2v) and found.t2v["queries"] == 60


def test_tensors_give_what_arrays_give():
    similarity = torch.randn(20, 20, generator=torch.manual_seed(2), requires_grad=True)
    of_array = metrics.retrieval(similarity.detach().numpy())
    assert metrics.retrieval(similarity).t2v == of_array.t2v


def test_dual_softmax_is_the_product_with_the_softmax_of_the_other_axis():
    similarity = np.random.default_rng(5).normal(size=(30, 30)).astype(np.float32)
    weighed = similarity.astype(np.float64)
    over_texts = weighed * torch.softmax(torch.tensor(weighed) * 10, dim=0).numpy()
    over_videos = weighed * torch.softmax(torch.tensor(weighed) * 10, dim=1).numpy()
    found = metrics.dual_softmax(similarity, scale=10)
    np.testing.assert_array_equal(found.t2v_ranks, ranks_by_counting(over_texts)[0])
    np.testing.assert_array_equal(found.v2t_ranks, ranks_by_counting(over_videos)[1])


def test_several_texts_may_describe_a_video_and_ties_are_as_asked():
    similarity = np.array([[1, 0], [0, 1], [1, 1]], np.float32)
    assert metrics.retrieval(similarity, [0, 1, 0]).t2v_ranks.tolist() == [1, 1, 1]
    assert metrics.retrieval(similarity, [0, 1, 0], ties="mean").t2v_ranks.tolist() == [1, 1, 1.5]


def test_what_makes_no_sense_is_a_value_error():
    for similarity, more in ((np.zeros((2, 3)), {}), (np.zeros(3), {}), (np.full((2, 2), np.nan), {}),
                             (np.zeros((2, 2)), {"video_of_text": [0]}), (np.zeros((2, 2)), {"ties": "best"})):
        with pytest.raises(ValueError):
            metrics.retrieval(similarity, **more)


def test_top_k_shares_ties_and_intervals_hold_the_mean():
    scores = np.random.default_rng(7).normal(size=(200, 10)).astype(np.float32)
    labels = np.arange(200) % 10
    best = np.argsort(-scores, axis=1)
    np.testing.assert_array_equal(metrics.top_k(scores, labels, 3), (best[:, :3] == labels[:, None]).any(1))
    assert metrics.top_k(np.zeros((1, 4)), [2]).tolist() == [0.25]
    found = metrics.bootstrap(metrics.top_k(torch.tensor(scores), torch.tensor(labels)), resamples=500)
    assert found.low <= found.mean <= found.high and found.high - found.low < 0.2
    with pytest.raises(ValueError):
        metrics.top_k(scores, [99] * 200)
