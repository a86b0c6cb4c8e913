"""Pictures, documents and voices: kept in a folder, known by file_id."""

import mimetypes
import secrets
import struct
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from playground.params import Upload
from playground.refusals import bad

#: Bytes: what a bot may send (documents, photos) and fetch; Telegram counts MB in 1024s.
UPLOAD_LIMIT = 50 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
THUMBNAIL = 90  # pixels of the longer side

MIME = {".png": "image/png", ".jpg": "image/jpeg"}

#: How real ids of these kinds begin: nobody may rely on it, but logs look familiar.
FILE_IDS = {"photo": "AgACAg", "document": "BQACAg", "voice": "AwACAg"}


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """One file_id; the sizes of a picture share `path` and `unique`."""

    file_id: str
    unique: str
    kind: str
    path: str
    mime: str
    size: int
    name: str | None = None
    width: int = 0
    height: int = 0
    #: Of a voice.
    seconds: int = 0

    def fields(self) -> dict[str, Any]:
        """Give what PhotoSize, Document, Voice and File share."""
        tail = f"{self.width}x{self.height}" if self.kind == "photo" else ""
        unique = f"{self.unique}{tail}"
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": self.size}

    def media(self) -> dict[str, Any]:
        """Give what the page needs (README: `media` of a record)."""
        return {
            "kind": self.kind,
            "url": f"/playground/api/files/{self.path}",
            "name": self.name,
            "mime": self.mime,
            "size": self.size,
            "width": self.width or None,
            "height": self.height or None,
            "duration": self.seconds if self.kind == "voice" else None,
        }


class Files:
    """All files of one playground, under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, StoredFile] = {}
        self._paths: dict[str, list[StoredFile]] = {}
        self._count = 0

    def add(
        self, kind: str, upload: Upload, *, seconds: int = 0, size: int | None = None
    ) -> StoredFile:
        """Keep a file of that kind; its size in bytes is what it has, unless told otherwise."""
        if kind == "photo":
            return self._add_photo(upload, size)
        if kind == "voice":
            file = replace(self._write(kind, upload, ".oga"), seconds=seconds)
        else:
            name = PurePath(upload.name).name
            mime = mimetypes.guess_type(name)[0] or upload.mime
            file = self._write(kind, upload, PurePath(name).suffix)
            file = replace(file, name=name, mime=mime)
        file = replace(file, size=file.size if size is None else size)
        self._keep(file)
        return file

    def content(self, file: StoredFile) -> dict[str, Any]:
        """Give the field of a message that carries this file."""
        if file.kind == "photo":
            sizes = self._paths[file.path]
            return {
                "photo": [
                    {**each.fields(), "width": each.width, "height": each.height} for each in sizes
                ]
            }
        more = {"duration": file.seconds} if file.kind == "voice" else {"file_name": file.name}
        return {file.kind: {**file.fields(), **more, "mime_type": file.mime}}

    def _add_photo(self, upload: Upload, size: int | None) -> StoredFile:
        """Keep a picture in its sizes; answers the largest, or refuses what is no picture."""
        width, height, suffix = image_size(upload.data)
        if width + height > 10000 or max(width, height) > 20 * min(width, height):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        whole = replace(
            self._write("photo", upload, suffix),
            mime=MIME[suffix], width=width, height=height,
        )  # fmt: skip
        whole = replace(whole, size=whole.size if size is None else size)
        scale = min(1.0, THUMBNAIL / max(width, height))
        small = replace(
            whole,
            file_id=_file_id("photo"),
            width=max(1, round(width * scale)),
            height=max(1, round(height * scale)),
        )
        self._keep(small, whole)
        return whole

    def find(self, file_id: str) -> StoredFile | None:
        """Give the file of that id, if it was ever given out."""
        return self._known.get(file_id)

    def open_path(self, path: str) -> Path | None:
        """Where the bytes of a `file_path` lie; None for a path never given out."""
        return self.folder / path if path in self._paths else None

    def mime(self, path: str) -> str:
        """Give the type of a file that `open_path` knows."""
        return self._paths[path][0].mime

    def _keep(self, *sizes: StoredFile) -> None:
        for file in sizes:
            self._known[file.file_id] = file
            self._paths.setdefault(file.path, []).append(file)

    def _write(self, kind: str, upload: Upload, suffix: str) -> StoredFile:
        if not upload.data:
            raise bad("file must be non-empty")
        self._count += 1
        path = f"{kind}s/file_{self._count}{suffix}"
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(upload.data)
        return StoredFile(
            file_id=_file_id(kind),
            unique=secrets.token_urlsafe(9),
            kind=kind,
            path=path,
            mime=upload.mime,
            size=len(upload.data),
        )

    def dump(self) -> dict[str, Any]:
        """For keeping over a restart."""
        return {"count": self._count, "known": [asdict(file) for file in self._known.values()]}

    def load(self, kept: dict[str, Any]) -> None:
        """Take back what `dump` gave."""
        self._count = kept["count"]
        self._keep(*(StoredFile(**file) for file in kept["known"]))


def _file_id(kind: str) -> str:
    return FILE_IDS[kind] + secrets.token_urlsafe(36)


def image_size(data: bytes) -> tuple[int, int, str]:
    """Width, height and suffix of a PNG or JPEG; refuses anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height, ".png"
    if data.startswith(b"\xff\xd8"):
        size = _jpeg_size(data)
        if size:
            return *size, ".jpg"
    raise bad("IMAGE_PROCESS_FAILED")


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header, which carries height and width."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
