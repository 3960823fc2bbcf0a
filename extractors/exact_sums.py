"""Whether this processor sums the products of 8-bit numbers exactly by itself.

Processors without VNNI add two of them in 16 bits, which overflow. ONNX Runtime can be asked for exact sums
(``session.x64quantprecision``), but then goes the slow way on every x86 processor, with VNNI or without: the
network takes 1.8 times as long. So one product is tried, and exact sums are asked for where it overflows.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import onnxruntime

# An ONNX model of one node: c = MatMulInteger(a, b), of unsigned and signed bytes.
_PRODUCT = (
    b'\x08\x04:>\n\x18\n\x01a\n\x01b\x12\x01c"\rMatMulInteger\x12\x01g'
    b"Z\t\n\x01a\x12\x04\n\x02\x08\x02Z\t\n\x01b\x12\x04\n\x02\x08\x03b\t\n\x01c\x12\x04\n\x02\x08\x06B\x04\n\x00\x10\n"
)
_LARGEST = 255, 127  # of a and of b
_ROWS, _SUMMED, _COLUMNS = (1, 8), 64, 32  # a single row has code of its own


@cache
def sums_are_exact() -> bool:
    """Say whether the largest sums of products come out right without being asked for."""
    session = onnxruntime.InferenceSession(_PRODUCT, providers=["CPUExecutionProvider"])
    columns = np.full((_SUMMED, _COLUMNS), _LARGEST[1], dtype=np.int8)
    expected = _SUMMED * _LARGEST[0] * _LARGEST[1]
    for rows in _ROWS:
        [sums] = session.run(None, {"a": np.full((rows, _SUMMED), _LARGEST[0], np.uint8), "b": columns})
        if (sums != expected).any():
            return False
    return True
