"""The errors that Claimgraph raises on purpose.

    ClaimgraphError
    ├── InputError          what the user gave cannot be used (exit status 2)
    │   ├── SourceError     a file, folder or stream that cannot be read as articles
    │   ├── EncodingError   bytes that are in none of the encodings that are recognised
    │   ├── DateError       a date that is none
    │   └── QueryError      a query that does not parse, or that is refused
    ├── OntologyError       a Turtle file under ontology/ that breaks its own rules
    ├── GraphError          a build folder that is missing, incomplete or of another version
    │   └── UnknownEntity   a name that no entity of the graph has
    ├── StoreError          a store that cannot be opened, read or written
    │   └── StoreBusy       a store that somebody else reads or writes just now
    ├── CheckpointError     trained weights that are missing, changed or of another form
    ├── ValidationError     our own output violates the shapes: a defect, the build stops
    ├── EngineError         workers or a scheduler that are not there, or not any more
    └── MissingExtra        an optional part that is not installed (the message names the extra)

Every message says what is wrong, which value it was, and what to do.
"""

from __future__ import annotations


class ClaimgraphError(Exception):
    """Base of all errors that Claimgraph raises on purpose."""


class InputError(ClaimgraphError):
    """What the user gave cannot be used."""


class SourceError(InputError):
    """A file, folder or stream that cannot be read as articles."""


class EncodingError(SourceError):
    """Bytes that are in none of the encodings that are recognised."""


class DateError(InputError):
    """A date that is none."""


class QueryError(InputError):
    """A query that does not parse, or that is refused before it is evaluated."""


class OntologyError(ClaimgraphError):
    """A Turtle file under ``ontology/`` that breaks its own rules."""


class GraphError(ClaimgraphError):
    """A build folder that is missing, incomplete or written by another version."""


class UnknownEntity(GraphError):
    """A name that no entity of the graph has."""


class StoreError(ClaimgraphError):
    """A store that cannot be opened, read or written."""


class StoreBusy(StoreError):
    """A store that somebody else reads or writes just now."""


class CheckpointError(ClaimgraphError):
    """Trained weights that are missing, changed or of another form."""


class ValidationError(ClaimgraphError):
    """Our own output violates ``ontology/shapes.ttl``: a defect, so the build stops."""


class EngineError(ClaimgraphError):
    """Workers or a scheduler that are not there, or not any more."""


class MissingExtra(ClaimgraphError):
    """An optional part that is not installed; the message names the extra to install."""
