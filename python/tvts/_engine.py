"""The native module, with its log joined to Python's, and forked processes made safe. Import it from here."""
import logging
import os
import sys

import torch  # first: the native module takes its libraries

from tvts import _native

__all__ = ["_native", "default_threads", "logger"]

logger = logging.getLogger("tvts")


def _say(level: int, sentence: str) -> None:
    logger.log(level, "%s", sentence)


def _after_fork() -> None:
    # The threads of OpenMP are not there in the child, and its runtime would wait for them.
    torch.set_num_threads(1)


_native.set_log(_say)
os.register_at_fork(after_in_child=_after_fork)


def default_threads(threads: int | None) -> int:
    """As many as asked for; else 0, which stands for all cores, and 1 in a worker of a DataLoader."""
    if threads is not None:
        if threads < 1:
            raise ValueError(f"threads is {threads}; expected 1 or more, or None for all cores")
        return threads
    data = sys.modules.get("torch.utils.data")
    return 1 if data is not None and data.get_worker_info() is not None else 0
