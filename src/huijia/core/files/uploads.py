"""Uploads that never lie in clear: each part of a file is sealed into a blob as it arrives.

Django's own handlers put larger files into a temporary folder as they are. A view that takes
files is exempt from the early CSRF check (which would read the body before the handler is there)
and protects what it does itself:

    @csrf_exempt
    def give_in(request):
        request.upload_handlers = [SealedUploads(request, …)]
        return _protected(request)          # wrapped in csrf_protect
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from huijia.core.files.actions import TooLargeError, Writer, remove
from huijia.core.files.models import Blob
from huijia.core.kernel.actor import Actor


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # generic in its stubs only
    """A file that arrived: its name and size, and the blob that holds it."""

    def __init__(self, *, field_name: str, blob: Blob, observer: Any) -> None:
        super().__init__(name=blob.name, content_type=blob.content_type, size=blob.size)
        self.field_name = field_name
        self.blob = blob
        self.observer = observer


class SealedUploads(FileUploadHandler):
    """Seals the first file of a request; `observer(name)` makes something that sees each part.

    `is_too_large` says after the upload that a file was given up at the limit.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        purpose: str,
        by: Actor,
        at: dt.datetime,
        limit: int,
        observer: Callable[[str], Any],
    ) -> None:
        super().__init__(request)
        self._writer_of = partial(
            Writer,
            purpose=purpose,
            content_type="application/octet-stream",
            by=by,
            at=at,
            limit=limit,
        )
        self._observer_of = observer
        self._writer: Writer | None = None
        self._observer: Any = None
        self.is_too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins; a second one is not taken."""
        super().new_file(*args, **kwargs)
        if self._writer is not None:
            raise SkipFile
        name = self.file_name or "file"
        self._observer = self._observer_of(name)
        self._writer = self._writer_of(name=name)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """A part of it."""
        assert self._writer is not None
        self._observer.take(raw_data)
        try:
            self._writer.write(raw_data)
        except TooLargeError as fault:
            self.is_too_large = True
            remove(blob=self._writer.blob)
            raise SkipFile from fault

    def file_complete(self, file_size: int) -> SealedUpload | None:  # noqa: ARG002
        """The end of it."""
        if self._writer is None or self.is_too_large:
            return None
        return SealedUpload(
            field_name=self.field_name or "", blob=self._writer.close(), observer=self._observer
        )
