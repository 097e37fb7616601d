"""A line of orders by a number, from which any of them may leave."""

from heapq import heapify, heappop, heappush
from math import inf


class Line:
    """A heap whose entries count only while they are what `_keys` says: to leave or to move costs no search."""

    __slots__ = ("_heap", "_keys")

    def __init__(self) -> None:
        self._heap: list[tuple[float, int]] = []
        self._keys: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, order_id: int) -> bool:
        return order_id in self._keys

    def put(self, order_id: int, key: float) -> None:
        """New, or to another place."""
        if self._keys.get(order_id) == key:
            return
        self._keys[order_id] = key
        heappush(self._heap, (key, order_id))
        if len(self._heap) > 2 * len(self._keys) + 64:
            self._heap = [(key, order_id) for order_id, key in self._keys.items()]
            heapify(self._heap)

    def leave(self, order_id: int) -> None:
        """One that is not in it: nothing."""
        self._keys.pop(order_id, None)

    def first(self) -> tuple[float, int] | None:
        """The smallest key and whose it is; None when nobody is in it."""
        heap, keys = self._heap, self._keys
        while heap and keys.get(heap[0][1]) != heap[0][0]:
            heappop(heap)
        return heap[0] if heap else None

    def smallest(self) -> float:
        """inf when nobody is in it."""
        found = self.first()
        return inf if found is None else found[0]

    def pop(self) -> int:
        """Raises LookupError when nobody is in it."""
        found = self.first()
        if found is None:
            raise LookupError("nobody is in this line")
        heappop(self._heap)
        del self._keys[found[1]]
        return found[1]
