"""The usual Python ways from a video file to a model's input: decord or PyAV, then Pillow, one thread each."""

import numpy as np
import torch
from PIL import Image

MEAN = torch.tensor((0.485, 0.456, 0.406)).view(3, 1, 1)
DEVIATION = torch.tensor((0.229, 0.224, 0.225)).view(3, 1, 1)


def middles(frames, wanted):
    """The middle frame of each of `wanted` equal intervals; a video of fewer frames repeats some."""
    edges = np.linspace(0, frames, wanted + 1).astype(int)
    return [max(0, (int(begin) + int(end) - 1) // 2) for begin, end in zip(edges, edges[1:])]


def with_decord(path, wanted=12):
    """uint8 RGB arrays of the wanted frames, by decord's index and seeking."""
    import decord

    reader = decord.VideoReader(str(path), num_threads=1)
    return list(reader.get_batch(middles(len(reader), wanted)).asnumpy())


def frames_in(container):
    """The stated number of frames; where none is stated, packets are counted."""
    stream = container.streams.video[0]
    if stream.frames:
        return stream.frames
    count = sum(1 for packet in container.demux(stream) if packet.size)
    container.seek(0)
    return count


def with_pyav(path, wanted=12):
    """uint8 RGB arrays of the wanted frames; everything up to the last of them is decoded."""
    import av

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        indices = middles(frames_in(container), wanted)
        keep = dict.fromkeys(indices)
        last = None
        for number, frame in enumerate(container.decode(stream)):
            last = frame
            if number in keep:
                keep[number] = frame.to_ndarray(format="rgb24")
            if number >= indices[-1]:
                break
        if last is None:
            raise ValueError(f"{path} has no frame that can be decoded")
        end = last.to_ndarray(format="rgb24")  # for files that end before the frame their header promises
        return [end if keep[i] is None else keep[i] for i in indices]


READERS = {"decord": with_decord, "PyAV": with_pyav}


def transform(image, size=224, short_side=268):
    """uint8 [h, w, 3] -> float32 [3, size, size]: short side NEAREST, centre crop, ImageNet's mean and deviation."""
    picture = Image.fromarray(image)
    scale = short_side / min(picture.size)
    width, height = (max(short_side, int(x * scale)) for x in picture.size)
    left, top = round((width - size) / 2), round((height - size) / 2)
    picture = picture.resize((width, height), Image.Resampling.NEAREST).crop((left, top, left + size, top + size))
    pixels = torch.from_numpy(np.asarray(picture).copy()).permute(2, 0, 1).float() / 255
    return (pixels - MEAN) / DEVIATION


def clip(reader, path):
    """float32 [12, 3, 224, 224]"""
    return torch.stack([transform(image) for image in READERS[reader](path)])
