"""Resolution: mentions to entities, by judgements that can be withdrawn."""

from kg.resolve.across import Identity, judge_across
from kg.resolve.resolve import Resolution, Resolver, judgement_order, told_apart

__all__ = [
    "Identity",
    "Resolution",
    "Resolver",
    "judge_across",
    "judgement_order",
    "told_apart",
]
