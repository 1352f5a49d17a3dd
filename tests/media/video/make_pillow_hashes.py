#!/usr/bin/env python3
"""Prints pillow_hashes.h: what Pillow 13 makes of formula pictures (formula_picture.h), as SHA-256 of the RGB bytes.

Run it in an environment with pillow==13.* and numpy:  python3 make_pillow_hashes.py > pillow_hashes.h
"""
import hashlib

import numpy as np
from PIL import Image

SIZES = [(320, 240), (240, 320), (640, 360), (360, 640), (171, 129), (17, 14), (224, 224), (64, 500), (500, 64),
         (268, 301), (1280, 720), (576, 768)]
IMAGE_SIZES = [224, 112, 336, 97]


def formula_picture(width, height, k):
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    planes = [3 * x + 5 * y + 40 * c + 7 * (x * y // 16) + 9 * ((x ^ y) & 15) + 17 * k for c in range(3)]
    return Image.fromarray((np.stack(planes, -1) % 256).astype(np.uint8))


def short_side_and_crop(image, short, crop, resample):
    width, height = image.size
    size = (short, int(short * height / width)) if width <= height else (int(short * width / height), short)
    image = image.resize(size, resample)
    left, top = round((size[0] - crop) / 2), round((size[1] - crop) / 2)
    return image.crop((left, top, left + crop, top + crop))


def prepared(image, preprocess, size):
    if preprocess == "kTvtsv2Extract":
        return image.resize((size, size), Image.Resampling.BILINEAR)
    if preprocess == "kTvtsv2Eval":
        return short_side_and_crop(image, int(268 * size / 224 + 0.5), size, Image.Resampling.NEAREST)
    return short_side_and_crop(image, size, size, Image.Resampling.BICUBIC)


def main():
    print("// Made by make_pillow_hashes.py with Pillow 13.\n#pragma once\n\n#include \"tvts/config/preprocess.h\"\n")
    print("namespace tvts::test {\n\nstruct PillowHash {\n  int width, height;\n  Preprocess preprocess;")
    print("  int image_size;\n  const char* sha256;\n};\n\ninline constexpr PillowHash kPillowHashes[] = {")
    for k, (width, height) in enumerate(SIZES):
        for preprocess in ("kTvtsv2Eval", "kTvtsv2Extract", "kClip"):
            for size in IMAGE_SIZES if k < 3 else IMAGE_SIZES[:1]:
                image = prepared(formula_picture(width, height, 1), preprocess, size)
                digest = hashlib.sha256(np.asarray(image).tobytes()).hexdigest()
                print(f"    {{{width}, {height}, Preprocess::{preprocess}, {size},\n     \"{digest}\"}},")
    print("};\n\n}  // namespace tvts::test")


main()
