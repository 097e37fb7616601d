"""JSON whose numbers are exact: a Decimal is written digit by digit and never passes through a float."""

import json
from decimal import Decimal
from typing import Any


def encode(value: Any) -> str:
    """Raises TypeError for what has no JSON form here; a float has none."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(str(key))}:{encode(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(encode(item) for item in value) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    if value is None or isinstance(value, (str, bool, int)):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"no JSON form for {type(value).__name__}")
