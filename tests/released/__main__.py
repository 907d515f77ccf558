"""`python -m tests.released`: keeps a filled database of the version that goes out."""

from tests.released import write

print(write())  # noqa: T201 - a command
