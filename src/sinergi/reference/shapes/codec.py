"""How the cells of a region are kept in one field of a table."""

import numpy as np
from numpy.typing import NDArray


def pack_cells(cells: NDArray[np.uint64]) -> bytes:
    """Return cells as sorted little-endian 64-bit numbers."""
    return np.sort(cells).astype("<u8").tobytes()


def unpack_cells(content: bytes | memoryview) -> NDArray[np.uint64]:
    """Return the cells of `pack_cells`."""
    return np.frombuffer(bytes(content), dtype="<u8").astype(np.uint64)
