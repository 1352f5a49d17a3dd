"""The plain ones of the shards."""
from seeds import shards


def seeds():
    yield from (seed for seed in shards.seeds() if seed[0] != "gzip")
