"""Released files from golden weights: python make_released.py GOLDEN_FOLDER KIND OUTPUT_FOLDER

KIND is the x of video_x_weights.safetensors and text_x_weights.safetensors. Written, with the same numbers:
  released.pth      as the published training program saved it, names beginning with module., an optimizer inside
  bare_names.pth    the same, without module.
  model.safetensors the tensors alone
Exits with 77 when a module is missing.
"""

import pathlib
import sys

try:
    import torch
    from safetensors.torch import load_file, save_file
except ImportError as error:
    print(error)
    sys.exit(77)


class ForeignConfig:
    """Stands for a class that nobody who reads the file has."""

    def __init__(self):
        self.config = {"arch": {"type": "TVTSv2"}, "trainer": {"save_dir": pathlib.Path("runs")}}
        self.me = self


def released(state):
    parameters = [torch.nn.Parameter(tensor.clone()) for tensor in state.values()]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4)
    sum(parameter.sum() for parameter in parameters).backward()
    optimizer.step()
    return {"arch": "TVTSv2", "epoch": 9, "state_dict": state, "optimizer": optimizer.state_dict(),
            "monitor_best": float("inf"), "config": ForeignConfig()}


def main():
    golden, kind, output = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    state = {}
    for part in ("video", "text"):
        state.update(load_file(golden / f"{part}_{kind}_weights.safetensors"))
    torch.save(released({"module." + name: tensor for name, tensor in state.items()}), output / "released.pth")
    torch.save(released(state), output / "bare_names.pth")
    save_file(state, output / "model.safetensors")


if __name__ == "__main__":
    main()
