"""Makes small checkpoints with the real writers: python make_files.py FOLDER [GOLDEN_FOLDER].

Each NAME comes with what it should be read as, NAME.truth.safetensors: float32 tensors under the names of this project.
With GOLDEN_FOLDER (it holds full_size_names.json) it makes the full-size names too, on shared storages.
Exits with 77 when torch or safetensors is not installed.
"""

import argparse
import json
import pathlib
import sys
import zipfile

try:
    import torch
    from safetensors.torch import save_file
except ImportError as error:
    print(error)
    sys.exit(77)

D, LAYERS, PATCH, GRID, EMBED, TEXT, CONTEXT, VOCABULARY = 64, 2, 8, 2, 32, 64, 12, 40


class ForeignConfig:
    """Stands for a class that nobody who reads the file has."""

    def __init__(self):
        self.nested = {"list": [1, 2.5, None, True, "text"], "set": {1, 2}, "bytes": b"\0\1", "big": 2**200, "pair": (1, 2)}
        self.path = pathlib.PurePosixPath("/somewhere")
        self.me = self


def block(prefix, width, joined, out):
    names = [(f"{prefix}.{n}.{p}", s) for n in ("ln_1", "ln_2") for p, s in (("weight", [width]), ("bias", [width]))]
    for name, o, i in (("mlp.c_fc", 4 * width, width), ("mlp.c_proj", width, 4 * width)):
        names += [(f"{prefix}.{name}.weight", [o, i]), (f"{prefix}.{name}.bias", [o])]
    names += [(f"{prefix}.attn.{joined}weight", [3 * width, width]), (f"{prefix}.attn.{joined}bias", [3 * width])]
    return names + [(f"{prefix}.attn.{out}.weight", [width, width]), (f"{prefix}.attn.{out}.bias", [width])]


def clip_names():
    """OpenAI's names and shapes."""
    names = [("positional_embedding", [CONTEXT, TEXT]), ("text_projection", [TEXT, EMBED])]
    names += [("token_embedding.weight", [VOCABULARY, TEXT]), ("ln_final.weight", [TEXT]), ("ln_final.bias", [TEXT])]
    names += [("visual.class_embedding", [D]), ("visual.positional_embedding", [1 + GRID * GRID, D])]
    names += [("visual.proj", [D, EMBED]), ("visual.conv1.weight", [D, 3, PATCH, PATCH])]
    names += [(f"visual.{n}.{p}", [D]) for n in ("ln_pre", "ln_post") for p in ("weight", "bias")]
    for layer in range(LAYERS):
        names += block(f"transformer.resblocks.{layer}", TEXT, "in_proj_", "out_proj")
        names += block(f"visual.transformer.resblocks.{layer}", D, "in_proj_", "out_proj")
    return names


def ours(name):
    """OpenAI's name to this project's."""
    if name.startswith("visual."):
        name = "video_model." + name[len("visual."):]
        return name.replace("attn.in_proj_", "attn.qkv.").replace("attn.out_proj", "attn.proj")
    if name.startswith("transformer."):
        return "text_model." + name[len("transformer."):]
    return "text_" + name.removeprefix("text_")


def random_tensors(names, dtype=torch.float32):
    generator = torch.Generator().manual_seed(1)
    return {name: torch.randn(shape, generator=generator).to(dtype) for name, shape in names}


def tvts_names(frames=3):
    names = [(ours(name), shape) for name, shape in clip_names()]
    names.append(("video_model.temporal_embedding", [frames, D]))
    for layer in range(LAYERS):
        prefix = f"video_model.transformer.resblocks.{layer}"
        names += [(f"{prefix}.ln_3.weight", [D]), (f"{prefix}.ln_3.bias", [D])]
        names += [(f"{prefix}.timeattn.qkv.weight", [3 * D, D]), (f"{prefix}.timeattn.qkv.bias", [3 * D])]
        names += [(f"{prefix}.timeattn.proj.weight", [D, D]), (f"{prefix}.timeattn.proj.bias", [D])]
    return names


def sort_head_names(segments=4):
    names = [("pred_model.type_embed", [1, 2, EMBED]), ("pred_model.norm.weight", [EMBED]), ("pred_model.norm.bias", [EMBED])]
    for layer in range(2):
        b = f"pred_model.blocks.{layer}"
        names += [(f"{b}.{n}.{p}", [EMBED]) for n in ("norm1", "norm2") for p in ("weight", "bias")]
        for n, o, i in (("attn.qkv", 3, 1), ("attn.proj", 1, 1), ("mlp.fc1", 4, 1), ("mlp.fc2", 1, 4)):
            names += [(f"{b}.{n}.weight", [o * EMBED, i * EMBED]), (f"{b}.{n}.bias", [o * EMBED])]
    return names + [("pred_model.head.weight", [segments, EMBED]), ("pred_model.head.bias", [segments])]


def hugging_face(state):
    """OpenAI's state dict under Hugging Face's names."""
    out = {"logit_scale": torch.tensor(2.0), "text_model.embeddings.position_ids": torch.arange(CONTEXT)[None]}
    whole = {
        "positional_embedding": "text_model.embeddings.position_embedding.weight",
        "token_embedding.weight": "text_model.embeddings.token_embedding.weight",
        "visual.class_embedding": "vision_model.embeddings.class_embedding",
        "visual.positional_embedding": "vision_model.embeddings.position_embedding.weight",
        "visual.conv1.weight": "vision_model.embeddings.patch_embedding.weight",
    }
    pieces = (("visual.transformer.resblocks", "vision_model.encoder.layers"), ("transformer.resblocks", "text_model.encoder.layers"),
              ("visual.ln_pre", "vision_model.pre_layrnorm"), ("visual.ln_post", "vision_model.post_layernorm"),
              ("ln_final", "text_model.final_layer_norm"), ("ln_1", "layer_norm1"), ("ln_2", "layer_norm2"),
              ("mlp.c_fc", "mlp.fc1"), ("mlp.c_proj", "mlp.fc2"), ("attn.out_proj", "self_attn.out_proj"))
    for name, tensor in state.items():
        if name in ("visual.proj", "text_projection"):
            out["visual_projection.weight" if name == "visual.proj" else "text_projection.weight"] = tensor.t().contiguous()
        elif name in whole:
            out[whole[name]] = tensor
        else:
            for a, b in pieces:
                name = name.replace(a, b)
            if "in_proj_" in name:
                prefix, kind = name.split("attn.in_proj_")
                for which, part in zip("qkv", tensor.chunk(3)):
                    out[f"{prefix}self_attn.{which}_proj.{kind}"] = part.contiguous()
            else:
                out[name] = tensor
    return out


def module_tree(state):
    """A torch.nn.Module whose state dict is `state`."""
    root = torch.nn.Module()
    for name, tensor in state.items():
        *path, leaf = name.split(".")
        module = root
        for part in path:
            if part not in module._modules:
                module.add_module(part, torch.nn.Module())
            module = module._modules[part]
        if tensor.is_floating_point():
            module.register_parameter(leaf, torch.nn.Parameter(tensor))
        else:
            module.register_buffer(leaf, tensor)
    return root


def repack(source, target, method=zipfile.ZIP_STORED, replace=()):
    """The same archive by another zip writer; `replace` maps an entry's last name to new bytes."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", method) as new:
        for info in old.infolist():
            new.writestr(info.filename, dict(replace).get(info.filename.split("/")[-1], old.read(info)))


class Maker:
    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def truth(self, name, state):
        save_file({k: v.float().contiguous() for k, v in state.items()}, self.path(name + ".truth.safetensors"))

    def tvts(self):
        state = random_tensors(tvts_names() + sort_head_names())
        released = {"module." + k: v for k, v in state.items()}
        parameters = [torch.nn.Parameter(v.clone()) for v in list(state.values())[:5]]
        optimizer = torch.optim.AdamW(parameters, lr=1e-4)
        sum(p.sum() for p in parameters).backward()
        optimizer.step()
        file = {"arch": "TVTSv2", "epoch": 9, "state_dict": released, "optimizer": optimizer.state_dict(),
                "monitor_best": float("inf"), "config": ForeignConfig()}
        torch.save(file, self.path("released.pth"))
        self.truth("released.pth", state)
        bare = torch.nn.ParameterDict().state_dict()  # an OrderedDict with _metadata, as modules give
        bare.update(random_tensors(tvts_names()))
        torch.save(bare, self.path("bare.pth"))
        self.truth("bare.pth", bare)
        save_file(dict(bare), self.path("bare.safetensors"), metadata={"format": "pt"})
        self.truth("bare.safetensors", bare)
        torch.save({"state_dict": bare, "args": argparse.Namespace(lr=1, model="x")}, self.path("protocol5.pth"), pickle_protocol=5)
        self.truth("protocol5.pth", bare)
        torch.save(bare, self.path("legacy.pth"), _use_new_zipfile_serialization=False)
        repack(self.path("bare.pth"), self.path("big_endian.pth"), replace={"byteorder": b"big"}.items())
        repack(self.path("bare.pth"), self.path("compressed.pth"), zipfile.ZIP_DEFLATED)
        torch.save({"weights": 1, "epoch": 3}, self.path("no_state_dict.pth"))

    def layouts(self):
        """Tensors that are not contiguous float32 runs of their own."""
        state = random_tensors(tvts_names())
        truth = dict(state)
        conv, proj = "video_model.conv1.weight", "video_model.proj"
        norm, qkv = "video_model.ln_pre.weight", "video_model.transformer.resblocks.0.attn.qkv.weight"
        state[conv] = state[conv].contiguous(memory_format=torch.channels_last)
        state[proj] = state[proj].t().contiguous().t()
        state[norm] = torch.ones(1).expand(D)
        truth[norm] = torch.ones(D)
        state[qkv] = torch.nn.Parameter(state[qkv].bfloat16())
        truth[qkv] = state[qkv].detach().float()
        shared = torch.randn(2 * D)
        state["video_model.ln_post.weight"], state["video_model.ln_post.bias"] = shared[:D], shared[D:]
        truth["video_model.ln_post.weight"], truth["video_model.ln_post.bias"] = shared[:D].clone(), shared[D:].clone()
        state["text_projection"] = state["text_projection"].double()
        torch.save(state, self.path("layouts.pt"))
        self.truth("layouts.pt", truth)

    def clip(self):
        state = random_tensors(clip_names())
        truth = {ours(k): v for k, v in state.items()}
        state["logit_scale"] = torch.tensor(4.6)
        half = {k: v.half() for k, v in state.items()}
        integers = {"input_resolution": GRID * PATCH, "context_length": CONTEXT, "vocab_size": VOCABULARY}
        openai = half | {k: torch.tensor(v) for k, v in integers.items()}
        torch.jit.script(module_tree(openai)).save(str(self.path("openai.pt")))
        self.truth("openai.pt", {ours(k): v for k, v in half.items() if k != "logit_scale"})
        torch.save(openai, self.path("openai_state.pt"))
        self.truth("openai_state.pt", {ours(k): v for k, v in half.items() if k != "logit_scale"})
        torch.save({"epoch": 1, "name": "run", "state_dict": {"module." + k: v for k, v in state.items()}}, self.path("open_clip.pt"))
        self.truth("open_clip.pt", truth)
        save_file(state, self.path("open_clip.safetensors"))
        self.truth("open_clip.safetensors", truth)
        custom = {k if k.startswith(("visual.", "logit")) else "text." + k: v for k, v in state.items()}
        torch.save(custom, self.path("open_clip_custom.bin"))
        self.truth("open_clip_custom.bin", truth)
        named = hugging_face({k: v for k, v in state.items() if k != "logit_scale"})
        save_file(named, self.path("hugging_face/model.safetensors"), metadata={"format": "pt"})
        config = {"model_type": "clip", "text_config": {"hidden_act": "gelu", "num_attention_heads": 2},
                  "vision_config": {"hidden_act": "gelu", "num_attention_heads": 4}}
        self.path("hugging_face/config.json").write_text(json.dumps(config))
        self.truth("hugging_face", truth)
        torch.save(named, self.path("hugging_face.bin"))
        self.truth("hugging_face.bin", truth)
        torch.save(state, self.path("open_clip_folder/open_clip_pytorch_model.bin"))
        config = {"model_cfg": {"quick_gelu": True, "vision_cfg": {"width": D, "head_width": 32}, "text_cfg": {"heads": 1}}}
        self.path("open_clip_folder/open_clip_config.json").write_text(json.dumps(config))
        self.truth("open_clip_folder", truth)

    def tiny(self):
        """One of each form, small enough to be cut at every byte."""
        state = {"visual.a": torch.randn(3, 2), "b": torch.randn(4).half()}
        config = ForeignConfig()
        torch.save({"state_dict": {"module." + k: v for k, v in state.items()}, "config": config}, self.path("tiny.pth"))
        torch.jit.script(module_tree(state)).save(str(self.path("tiny.pt")))
        save_file(state, self.path("tiny.safetensors"), metadata={"format": "pt"})

    def full_size(self, golden):
        """The published names and shapes; all tensors are views of one storage, so the files stay small."""
        for model, facts in json.loads((golden / "full_size_names.json").read_text()).items():
            shapes = {p["name"]: p["shape"] for p in facts["parameters"]}
            storage = torch.zeros(max(torch.Size(s).numel() for s in shapes.values()), dtype=torch.float16)
            state = {"module." + k: storage[:torch.Size(s).numel()].view(s) for k, s in shapes.items()}
            torch.save({"arch": "TVTSv2", "state_dict": state, "config": ForeignConfig()}, self.path(model + ".pth"))


def main():
    maker = Maker(pathlib.Path(sys.argv[1]))
    if len(sys.argv) > 2:
        maker.full_size(pathlib.Path(sys.argv[2]))
        return
    maker.tvts()
    maker.layouts()
    maker.clip()
    maker.tiny()


if __name__ == "__main__":
    main()
