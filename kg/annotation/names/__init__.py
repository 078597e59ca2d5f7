"""Names: every rule proposes mentions, long and sure ones that do not overlap stay."""

from kg.annotation.names.choose import RECOGNISER
from kg.annotation.names.find import find_names
from kg.annotation.names.known import KnownMatch, known_names
from kg.annotation.names.view import TextView

__all__ = ["RECOGNISER", "KnownMatch", "TextView", "find_names", "known_names"]
