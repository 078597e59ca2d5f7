"""Resolution: mentions to entities, by judgements that can be withdrawn."""

from kg.resolve.resolve import Resolution, Resolver

__all__ = ["Resolution", "Resolver"]
