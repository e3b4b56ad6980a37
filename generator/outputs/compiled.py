"""Templates as an earlier build compiled them: it takes as long as to fill in twenty pages."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from ..kept import Kept


class Compiled(BytecodeCache):
    """Where Jinja looks for compiled templates."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        compiled = self._kept.read("templates", bucket.key, bucket.checksum.encode())
        if compiled:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        compiled = bucket.bytecode_to_string()
        self._kept.keep("templates", bucket.key, bucket.checksum.encode(), compiled)
