"""Stores: filling, rows, mapped vectors, search."""
import json
import pickle

import numpy as np
import pytest

import tvts


def test_hits_are_those_of_the_command(store, model, command):
    opened = tvts.Store.open(store)
    hits = opened.search("a red circle", k=2, model=model)
    lines = [json.loads(line) for line in command("search", store, "--text", "a red circle", "-k", 2, "--json").splitlines()]
    assert [(hit.path, hit.start, hit.end) for hit in hits] == [(line["path"], line["start"], line["end"]) for line in lines]
    np.testing.assert_allclose([hit.score for hit in hits], [line["score"] for line in lines], atol=1e-6)
    assert all(0 < hit.p <= 1 for hit in hits)


def test_rows_and_vectors_are_those_of_embedding(store, videos, model):
    opened, found = tvts.Store.open(store), model.embed_videos(videos)
    assert len(opened) == 3 and [row.path for row in opened.rows] == found.paths
    assert opened.rows[-1] == opened.rows[2] and len(opened.rows[:2]) == 2
    np.testing.assert_array_equal(opened.vectors, found.vectors)
    assert not opened.vectors.flags.writeable
    with pytest.raises(IndexError):
        opened.rows[3]


def test_vectors_of_a_store_of_one_piece_are_its_mapped_file(store):
    vectors = tvts.Store.open(store).vectors  # the store is gone, the file stays mapped
    with open("/proc/self/maps") as maps:
        places = [line.split()[0].split("-") for line in maps if "video_emb" in line]
    assert any(int(first, 16) <= vectors.ctypes.data < int(end, 16) for first, end in places)


def test_vectors_of_several_shards_are_joined(videos, model, tmp_path):
    model.fill_store(videos, tmp_path / "s", shard_size=1)
    opened = tvts.Store.open(tmp_path / "s")
    assert len(opened.pieces) == 3
    np.testing.assert_array_equal(opened.vectors, model.embed_videos(videos).vectors)


def test_queries_of_videos_and_vectors_find_themselves(store, videos):
    opened = tvts.Store.open(store)
    assert opened.search(videos / "b.mp4", k=1)[0].path == str(videos / "b.mp4")
    hit = opened.search(opened.vectors[2], k=1)[0]
    assert hit.path == opened.rows[2].path and hit.p is None and hit.score == pytest.approx(1, abs=1e-5)
    with pytest.raises(ValueError, match="numbers"):
        opened.search(np.zeros(3))


def test_filling_again_takes_what_is_not_there_yet(videos, model, broken, tmp_path):
    first = model.fill_store(videos / "a.mp4", tmp_path / "s")
    assert (first.pending, first.rows) == (1, 1)
    second = model.fill_store([videos, broken], tmp_path / "s")
    assert (second.stored_before, second.rows, second.pending) == (1, 3, 3)
    assert second.errors[0].path == str(broken)


def test_a_store_is_pickled_by_its_path(store):
    again = pickle.loads(pickle.dumps(tvts.Store.open(store)))
    assert len(again) == 3


def test_what_is_no_store_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match="absent"):
        tvts.Store.open(tmp_path / "absent")
    with pytest.raises(ValueError):
        tvts.Store.open(tmp_path)
