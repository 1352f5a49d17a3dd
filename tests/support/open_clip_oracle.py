"""open_clip's own model as an oracle: python open_clip_oracle.py --open-clip FOLDER --sizes FILE.json --output FOLDER

FOLDER of --open-clip holds the unpacked wheel of open_clip_torch (it is not installed: that would bring torchvision).
FILE.json is a model config of this project (configs/model/*.json) with two more keys: "seed" and "batch".
Written to --output, all from the same weights, which float16 holds exactly:
  state.pt           torch.save of the state dict
  state.safetensors  the same
  script.pt          TorchScript, matrices in float16 as OpenAI's files (QuickGELU only)
  io.safetensors     images [B, 3, R, R], tokens [B, context] (int64), image_features and text_features [B, E] (float32)
Exits with 77 when a module is missing.
"""

import argparse
import copy
import importlib.machinery
import json
import pathlib
import sys
import types

try:
    import torch
    from safetensors.torch import save_file
except ImportError as error:
    print(error)
    sys.exit(77)


def import_model(folder):
    """open_clip.model alone: the package's __init__ needs torchvision, its model code one class of it, for ResNets."""
    package = types.ModuleType("open_clip")
    package.__path__ = [str(folder / "open_clip")]
    sys.modules["open_clip"] = package
    for name in ("torchvision", "torchvision.ops", "torchvision.ops.misc"):
        stub = types.ModuleType(name)
        stub.__path__ = []
        stub.__spec__ = importlib.machinery.ModuleSpec(name, None)
        sys.modules.setdefault(name, stub)
    sys.modules["torchvision.ops.misc"].FrozenBatchNorm2d = torch.nn.BatchNorm2d
    import open_clip.model

    return open_clip.model


def build(code, sizes):
    video, text = sizes["video"], sizes["text"]
    vision_cfg = code.CLIPVisionCfg(layers=video["layers"], width=video["width"], head_width=video["width"] // video["heads"],
                                    patch_size=video["patch_size"], image_size=video["image_size"])
    text_cfg = code.CLIPTextCfg(context_length=text["context_length"], vocab_size=text["vocab_size"], width=text["width"],
                                heads=text["heads"], layers=text["layers"])
    model = code.CLIP(sizes["embed_dim"], vision_cfg, text_cfg, quick_gelu=sizes["activation"] == "quick_gelu")
    return model.float().eval()


def randomise(model, generator):
    """Every parameter random, so that none can be mixed up, at scales that keep the features lively."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        is_norm_weight = ".ln_" in "." + name and name.endswith("weight")
        scale = 0.1 if parameter.dim() < 2 else parameter.shape[-1] ** -0.5
        parameter.data = (noise * scale + (1.0 if is_norm_weight else 0.0)).half().float()


def inputs(sizes, generator):
    batch, side, text = sizes["batch"], sizes["video"]["image_size"], sizes["text"]
    images = torch.randn(batch, 3, side, side, generator=generator)
    tokens = torch.randint(1, text["vocab_size"] - 2, (batch, text["context_length"]), generator=generator)
    tokens[:, 0] = text["vocab_size"] - 2
    for row in range(batch):
        end = 1 + row % (text["context_length"] - 1)
        tokens[row, end] = text["vocab_size"] - 1
        tokens[row, end + 1:] = 0
    return images, tokens


def main():
    parser = argparse.ArgumentParser()
    for name in ("--open-clip", "--sizes", "--output"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    sizes = json.loads(arguments.sizes.read_text())
    arguments.output.mkdir(parents=True, exist_ok=True)
    try:
        code = import_model(arguments.open_clip)
    except ImportError as error:
        print(error)
        sys.exit(77)
    generator = torch.Generator().manual_seed(sizes["seed"])
    model = build(code, sizes)
    randomise(model, generator)
    images, tokens = inputs(sizes, generator)
    with torch.no_grad():
        features = {"image_features": model.encode_image(images), "text_features": model.encode_text(tokens)}
    save_file({"images": images, "tokens": tokens, **features}, arguments.output / "io.safetensors")
    state = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    torch.save(model.state_dict(), arguments.output / "state.pt")
    save_file(state, arguments.output / "state.safetensors")
    if sizes["activation"] == "quick_gelu":
        half = copy.deepcopy(model)
        code.convert_weights_to_lp(half, torch.float16)
        torch.jit.script(half).save(str(arguments.output / "script.pt"))


if __name__ == "__main__":
    main()
