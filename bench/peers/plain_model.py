"""TVTSv2's two encoders in plain PyTorch, read from a tvts model file: what every peer is made from."""

import copy
import json

import torch
import torch.nn.functional as F
from safetensors import safe_open
from torch import nn


class QuickGELU(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(1.702 * x)


class Mlp(nn.Module):
    def __init__(self, width, activation):
        super().__init__()
        self.c_fc = nn.Linear(width, 4 * width)
        self.act = nn.GELU() if activation == "gelu" else QuickGELU()
        self.c_proj = nn.Linear(4 * width, width)

    def forward(self, x):
        return self.c_proj(self.act(self.c_fc(x)))


class DividedAttention(nn.Module):
    """CLS sees every token; a patch sees CLS and its own frame ("space") or its own cell over time ("time")."""

    def __init__(self, width, heads, axis):
        super().__init__()
        self.heads, self.axis = heads, axis
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x, frames):
        b, length, width = x.shape
        q, k, v = self.qkv(x).view(b, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)  # each [B, heads, 1 + T N, d]
        cls = F.scaled_dot_product_attention(q[:, :, :1], k, v)

        def groups(y):  # [B, heads, groups, keys, d]
            y = y[:, :, 1:].unflatten(2, (frames, -1))
            return y if self.axis == "space" else y.transpose(2, 3)

        def with_cls(y):
            own = groups(y)
            return torch.cat([y[:, :, None, :1].expand(-1, -1, own.shape[2], -1, -1), own], 3)

        # Heads beside the batch: with four axes the fused kernels are used, and exporters know the operation.
        own = (y.flatten(0, 1) for y in (groups(q), with_cls(k), with_cls(v)))
        patches = F.scaled_dot_product_attention(*own).unflatten(0, (b, self.heads))
        if self.axis == "time":
            patches = patches.transpose(2, 3)
        out = torch.cat([cls, patches.flatten(2, 3)], 2)
        return self.proj(out.transpose(1, 2).reshape(b, length, width))


class SpaceTimeBlock(nn.Module):
    def __init__(self, width, heads, activation):
        super().__init__()
        self.ln_1, self.ln_2, self.ln_3 = (nn.LayerNorm(width) for _ in range(3))
        self.attn = DividedAttention(width, heads, "space")
        self.timeattn = DividedAttention(width, heads, "time")
        self.mlp = Mlp(width, activation)

    def forward(self, x, frames):
        t = self.timeattn(self.ln_3(x), frames)
        x = x + self.attn(self.ln_1(x + t), frames)
        return x + self.mlp(self.ln_2(x))


class Blocks(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.resblocks = nn.ModuleList(blocks)


class VideoEncoder(nn.Module):
    """[B, T, 3, R, R] -> [B, E]"""

    def __init__(self, config):
        super().__init__()
        video = config["video"]
        width, patch = video["width"], video["patch_size"]
        cells = (video["image_size"] // patch) ** 2
        self.conv1 = nn.Conv2d(3, width, patch, patch, bias=False)
        self.class_embedding = nn.Parameter(torch.zeros(width))
        self.positional_embedding = nn.Parameter(torch.zeros(1 + cells, width))
        self.temporal_embedding = nn.Parameter(torch.zeros(video["num_frames"], width))
        self.ln_pre, self.ln_post = nn.LayerNorm(width), nn.LayerNorm(width)
        self.transformer = Blocks(
            SpaceTimeBlock(width, video["heads"], config["activation"]) for _ in range(video["layers"]))
        self.proj = nn.Parameter(torch.zeros(width, config["embed_dim"]))

    def forward(self, video, keep=None):
        b, frames = video.shape[:2]
        x = self.conv1(video.flatten(0, 1)).flatten(2).transpose(1, 2).unflatten(0, (b, frames))
        x = x + self.positional_embedding[1:] + self.temporal_embedding[:frames, None]
        if keep is not None:  # [B, n]: the cells of a tube mask that stay
            x = x.gather(2, keep[:, None, :, None].expand(-1, frames, -1, x.shape[-1]))
        cls = (self.class_embedding + self.positional_embedding[0]).expand(b, 1, -1)
        x = self.ln_pre(torch.cat([cls, x.flatten(1, 2)], 1))
        for block in self.transformer.resblocks:
            x = block(x, frames)
        return self.ln_post(x[:, 0]) @ self.proj


class TextAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(torch.zeros(3 * width, width))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)

    def forward(self, x):
        b, length, width = x.shape
        q, k, v = F.linear(x, self.in_proj_weight, self.in_proj_bias).view(b, length, 3, self.heads, -1).permute(
            2, 0, 3, 1, 4)
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out_proj(out.transpose(1, 2).reshape(b, length, width))


class TextBlock(nn.Module):
    def __init__(self, width, heads, activation):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attn = TextAttention(width, heads)
        self.mlp = Mlp(width, activation)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class TextEncoder(nn.Module):
    """int64 [B, L] -> [B, E]"""

    def __init__(self, config):
        super().__init__()
        text = config["text"]
        width = text["width"]
        self.text_token_embedding = nn.Embedding(text["vocab_size"], width)
        self.text_positional_embedding = nn.Parameter(torch.zeros(text["context_length"], width))
        self.text_model = Blocks(TextBlock(width, text["heads"], config["activation"]) for _ in range(text["layers"]))
        self.text_ln_final = nn.LayerNorm(width)
        self.text_projection = nn.Parameter(torch.zeros(width, config["embed_dim"]))

    def forward(self, ids):
        x = self.text_token_embedding(ids) + self.text_positional_embedding[: ids.shape[1]]
        for block in self.text_model.resblocks:
            x = block(x)
        ends = ids.argmax(1)
        x = x[torch.arange(len(ids), device=ids.device), ends]
        return self.text_ln_final(x) @ self.text_projection


def load(path):
    """The video encoder, the text encoder and the configuration of a tvts model file."""
    with safe_open(path, "pt") as file:
        config = json.loads(file.metadata()["model"])
        tensors = {name: file.get_tensor(name).float() for name in file.keys()}
    video, text = VideoEncoder(config), TextEncoder(config)
    prefix = "video_model."
    video.load_state_dict({name[len(prefix):]: x for name, x in tensors.items() if name.startswith(prefix)})
    text.load_state_dict({name: x for name, x in tensors.items() if name.startswith("text_")})
    return video.eval(), text.eval(), config


def copy_of(encoder):
    """The same weights in memory of their own."""
    return copy.deepcopy(encoder)
