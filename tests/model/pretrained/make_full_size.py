"""A full-size file of random float16 tensors: python make_full_size.py SHAPES.json OUTPUT.pth

SHAPES.json: [[name, [size, ...]], ...]. Exits with 77 when torch is missing.
"""

import json
import pathlib
import sys

try:
    import torch
except ImportError as error:
    print(error)
    sys.exit(77)


def main():
    generator = torch.Generator().manual_seed(1)
    shapes = json.loads(pathlib.Path(sys.argv[1]).read_text())
    state = {"module." + name: torch.empty(shape, dtype=torch.float16).uniform_(generator=generator) for name, shape in shapes}
    torch.save({"arch": "TVTSv2", "epoch": 9, "state_dict": state}, sys.argv[2])


if __name__ == "__main__":
    main()
