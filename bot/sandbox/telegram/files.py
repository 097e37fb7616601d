"""Files that were sent through the sandbox, kept in memory."""

import struct
from dataclasses import dataclass

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.params import Json, Params

PNG = b"\x89PNG\r\n\x1a\n"
PHOTO_BYTES = 10 * 1024 * 1024
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`file_id` names it to this bot, `unique_id` to everybody, `path` in the download address."""

    file_id: str
    unique_id: str
    path: str
    name: str
    content_type: str
    data: bytes

    def json(self) -> Json:
        """Telegram's File object."""
        return {**self.ids(), "file_size": len(self.data), "file_path": self.path}

    def ids(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id}

    def document(self) -> Json:
        kind = {"mime_type": self.content_type} if self.content_type else {}
        return {**self.ids(), "file_name": self.name, **kind, "file_size": len(self.data)}

    def photo(self) -> list[Json]:
        """PhotoSize objects; the sandbox has one size. Raises ApiError when it is no picture."""
        width, height = image_size(self.data)
        return [{**self.ids(), "file_size": len(self.data), "width": width, "height": height}]


class Files:
    """The store."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return next((file for file in self._by_id.values() if file.path == path), None)

    def clear(self) -> None:
        self._by_id.clear()

    def receive(self, params: Params, field: str, given: str | None = None) -> StoredFile:
        """The file of a call: uploaded under its name or `attach://`, or a file_id known here. Raises ApiError.

        `given`: what stands in place of the file, when it is not the parameter of this name.
        """
        text = params.text(field) if given is None else given
        name = text.removeprefix("attach://") if text.startswith("attach://") else field
        if text and name == field and text != f"attach://{field}":
            return self._known(text)
        upload = params.files.get(name)
        if upload is None:
            raise bad_request(f"there is no {field} in the request")
        if not upload.data:
            raise bad_request("file must be non-empty")
        number = len(self._by_id) + 1
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "dat"
        path = f"{field}s/file_{number}.{suffix}"
        file = StoredFile(f"SBX-{field}-{number}", f"SBXU{number}", path, upload.name, upload.content_type, upload.data)
        self._by_id[file.file_id] = file
        return file

    def _known(self, text: str) -> StoredFile:
        if text.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        file = self._by_id.get(text)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG, by Telegram's limits for photos. Raises ApiError."""
    if len(data) > PHOTO_BYTES:
        raise bad_request("file is too big")
    size = _png(data) or _jpeg(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(PNG) or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return (width, height) if width and height else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
