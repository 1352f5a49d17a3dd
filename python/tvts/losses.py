"""The losses of pre-training (paper 3.4).

>>> import torch
>>> from tvts import losses
>>> round(losses.contrastive(torch.eye(3), torch.eye(3)).item(), 6)
0.0
"""
from __future__ import annotations

import torch

from tvts._engine import _native


def contrastive(videos: torch.Tensor, texts: torch.Tensor, temperature: float = 0.05) -> torch.Tensor:
    """Video-text contrastive loss (equation 4) of features [B, E], normalised here; video i belongs to text i: the
    cross-entropy of the rows of the cosines over the temperature plus that of its columns, each a mean. A scalar."""
    return _native.contrastive_loss(videos, texts, temperature)


def transcript_sorting(logits: torch.Tensor) -> torch.Tensor:
    """Transcript sorting (equation 3): logits [B, K, K] of a SortHead, a row of position scores for each text; the text of
    segment k belongs at k. Mean cross-entropy, a scalar."""
    return _native.sorting_loss(logits)
