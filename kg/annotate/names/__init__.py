"""Names: every rule proposes mentions, the longest that do not overlap stay."""

from kg.annotate.names.find import find_names
from kg.annotate.names.known import KnownMatch, known_names
from kg.annotate.names.view import TextView

__all__ = ["KnownMatch", "TextView", "find_names", "known_names"]
