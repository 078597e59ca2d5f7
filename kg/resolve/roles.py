"""Who plays the parts that a document names: 校方, 被告, 政府."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kg.lexicon import PERSON, Lexicon, Role
from kg.model import AnnotatedDocument, Judgement, Mention
from kg.ontology import Ontology
from kg.resolve.clusters import UnionFind
from kg.resolve.nearby import Nearby
from kg.script import match_key, simplify

BY = "kg.resolve.roles"
_REACH = 1
_POINTING = "该本"


def judge_roles(
    annotated: AnnotatedDocument, ontology: Ontology, lexicon: Lexicon
) -> Iterator[Judgement]:
    """For each role its bearer: the only one in the document, or the only one lately named.

    A body bears a role if its class and its name's ending fit, a person if the role stands right
    before his name. A role without a bearer that can stand ``alone`` is one thing here.
    """
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in annotated.mentions:
        if mention.is_role:
            places[simplify(mention.surface)].append(mention)
    if places:
        cast = _Cast(annotated, ontology)
        for form, mentions in places.items():
            yield from cast.judge(form, lexicon.roles[form], mentions)


class _Cast:
    """The names of a document that can bear roles."""

    def __init__(self, annotated: AnnotatedDocument, ontology: Ontology) -> None:
        self.annotated, self.ontology = annotated, ontology
        self.names = [m for m in annotated.mentions if m.is_name]
        self.sets = UnionFind()
        for judgement in annotated.judgements:
            self.sets.union(judgement.left, judgement.right)
        for name in self.names:
            self.sets.union(name.id, name.known or match_key(name.surface))

    def judge(self, form: str, role: Role, mentions: list[Mention]) -> Iterator[Judgement]:
        """The bearer of each of *mentions*, which are all of one *form*."""
        bearers = [name for name in self.names if self._bears(form, role, name)]
        only = self._only(form, role, mentions, bearers)
        nearby = Nearby(self.annotated.sentences, bearers)
        unborne = []
        for mention in mentions:
            if bearer := only or (None if role.alone else self._lately(mention, nearby)):
                reason = f"{mention.surface} stands for {bearer.surface}"
                yield Judgement(mention.id, bearer.id, "same", 0.7, (reason,), BY)
            else:
                unborne.append(mention)
        for left, right in pairwise(unborne) if role.alone else ():
            yield Judgement(right.id, left.id, "same", 0.9, ("the same role",), BY)

    def _only(
        self, form: str, role: Role, mentions: list[Mention], bearers: list[Mention]
    ) -> Mention | None:
        """The bearer in all the document; 該校 points at one near by.

        What is an institution by itself (警方) is a bearer's only after that is named.
        """
        if form[0] in _POINTING or len({self._thing(bearer) for bearer in bearers}) != 1:
            return None
        late = role.alone and mentions[0].span < bearers[0].span
        return None if late else bearers[0]

    def _bears(self, form: str, role: Role, name: Mention) -> bool:
        if not self.ontology.is_a(name.cls, role.cls):
            return False
        if self.ontology.is_a(role.cls, PERSON):
            return self.annotated.simplified.endswith(form, 0, name.span.start)
        fits = simplify(name.surface).endswith(role.endings)
        return fits if role.endings else not role.alone

    def _thing(self, name: Mention) -> str:
        return self.sets.find(name.id)

    def _lately(self, mention: Mention, bearers: Nearby) -> Mention | None:
        """The bearer before it, if its own sentence, or else the one before, has no other."""
        found: tuple[int, Mention] | None = None
        for distance, bearer in bearers.backwards(mention.span.start, _REACH):
            if found is None:
                found = distance, bearer
            elif distance > found[0]:
                break
            elif self._thing(bearer) != self._thing(found[1]):
                return None
        return found[1] if found else None
