"""The door to sealed files."""

from huijia.core.files.actions import TooLargeError as TooLargeError
from huijia.core.files.actions import Writer as Writer
from huijia.core.files.actions import remove as remove
from huijia.core.files.actions import remove_expired as remove_expired
from huijia.core.files.actions import store as store
from huijia.core.files.models import Blob as Blob
from huijia.core.files.queries import blob as blob
from huijia.core.files.queries import content_of as content_of
from huijia.core.files.queries import head_of as head_of
from huijia.core.files.uploads import SealedUpload as SealedUpload
from huijia.core.files.uploads import SealedUploads as SealedUploads

__all__ = [
    "Blob",
    "SealedUpload",
    "SealedUploads",
    "TooLargeError",
    "Writer",
    "blob",
    "content_of",
    "head_of",
    "remove",
    "remove_expired",
    "store",
]
