"""Arrays of every type that is read, by NumPy itself."""
import io

import numpy


def saved(array, version=None):
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version)
    return file.getvalue()


def seeds():
    for dtype in ("<f2", "<f4", "<f8", "<i8", "|u1"):
        yield dtype[1:], saved(numpy.arange(6).reshape(2, 3).astype(dtype))
    yield "scalar", saved(numpy.float32(1))
    yield "empty", saved(numpy.zeros((0, 4), "<f4"))
    yield "fortran", saved(numpy.asfortranarray(numpy.ones((2, 2), "<f4")))
    yield "version2", saved(numpy.ones(3, "<f4"), (2, 0))
    yield "version3", saved(numpy.ones(3, "<f4"), (3, 0))
