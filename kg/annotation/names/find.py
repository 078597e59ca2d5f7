"""All name rules together: proposals, the choice among them, and what one name says of another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.annotation.names.abbreviations import find_abbreviations
from kg.annotation.names.aliases import find_declared, find_short_forms
from kg.annotation.names.anaphors import find_anaphors
from kg.annotation.names.boilerplate import boilerplate_lines
from kg.annotation.names.brands import find_branded, find_models
from kg.annotation.names.choose import choose, weigh
from kg.annotation.names.context import (
    find_apposed,
    find_glossed,
    find_local_firms,
    find_officers_firms,
    find_owners,
    find_tagged_bodies,
    gloss_names,
)
from kg.annotation.names.governments import as_states, foreign_ministries, is_state
from kg.annotation.names.kinds import kind_before
from kg.annotation.names.known import KnownMatch, find_known
from kg.annotation.names.latin import find_latin_names
from kg.annotation.names.occasions import find_occasions
from kg.annotation.names.officers import find_ministries, find_officers
from kg.annotation.names.organizations import SuffixedNames
from kg.annotation.names.persons import (
    find_named_persons,
    find_titled_transliterations,
    find_transliterated,
)
from kg.annotation.names.places import find_places, find_towns
from kg.annotation.names.quoted import find_quoted_names, find_works
from kg.annotation.names.roles import find_roles
from kg.annotation.names.surnames import find_surnames, without_glued
from kg.annotation.names.view import TextView
from kg.lexicon import COMPANY, COUNTRY, PERSON, PLACE, PRODUCT
from kg.model import Judgement, Mention, Span

_LONG = 3  # characters
_QUOTED = ("title-marks", "quoted")
_DEEDS = "vd"  # tags of verbs and adverbs


def find_names(
    view: TextView,
    known: Iterable[KnownMatch] = (),
    others: Iterable[Mention] = (),
    owned: frozenset[str] = frozenset(),
    offices: Iterable[Span] = (),
) -> tuple[tuple[Mention, ...], tuple[Judgement, ...]]:
    """Mentions in text order, and the judgements that declared and short names carry.

    *known* are matches of known entities, *others* what another recogniser proposes, *owned* the
    Simplified names of known entities, which are never taken for short forms. *offices* are the
    titles that another recogniser finds: what rules alone find there is no name.
    """
    others = [m for m in without_glued(view, others) if not _is_no_name(view, m)]
    listed = choose(as_states(view, find_known(view, known, others)), len(view.text))
    foreign = foreign_ministries(view, listed)
    listed = [mention for mention in listed if mention.span not in foreign]
    others = list(_without_country(view, _whole(view, others, listed), listed))
    occasions = find_occasions(view, [*listed, *others])
    offices = tuple(offices)
    shaped = list(
        _untitled(offices, _not_glued(view, [*_by_shape(view, listed), *occasions], listed))
    )
    shaped += (m for m in find_ministries(view, offices) if m.span not in foreign)
    lines = boilerplate_lines(view)
    proposed = list(weigh(_outside([*listed, *others, *shaped], lines), view.ontology))
    first = choose(proposed, len(view.text))
    declared = list(find_declared(view, first))
    first = choose([*proposed, *(alias for alias, _ in declared)], len(view.text))
    short = list(find_short_forms(view, first, owned))
    short += [*find_surnames(view, first), *find_officers(view, first)]
    standing_in = [*find_anaphors(view), *find_roles(view, first)]
    later = _outside([*(use for use, _ in short), *standing_in], lines)
    chosen = choose(weigh([*first, *later], view.ontology), len(view.text))
    said = [judgement for _, judgement in (*declared, *short)]
    said += find_abbreviations(view, chosen, owned)
    return tuple(_agreed(view, chosen)), _kept(said, chosen)


def _is_no_name(view: TextView, mention: Mention) -> bool:
    return _is_measure(view, mention) or _is_plain_word(view, mention)


def _is_plain_word(view: TextView, mention: Mention) -> bool:
    """Whether what another reader takes for a person is a word for a time or a deed (凌晨, 佩戴).

    A word that begins with a surname may be a name (高歌), but not one for a time. Of three
    characters the tagger guesses what it does not know.
    """
    word = view.words[view.word_index(mention.span.start)]
    if mention.cls != PERSON or Span(word.start, word.end) != mention.span or len(word.text) > 2:
        return False
    surname = word.text[0] in view.lexicon.words("lex:Surname")
    return word.tag[0] == "t" or (word.tag[0] in _DEEDS and not surname)


def _is_measure(view: TextView, mention: Mention) -> bool:
    """Whether what another reader takes for a name is what numbers count, or an amount.

    日活躍用戶 is the one, 不超過公司2% the other. Nor is a noun for a kind of body (市調機構) one.
    """
    name = view.simplified[mention.span.start : mention.span.end]
    if name in view.lexicon.kinds:
        return True
    if name.startswith(tuple(view.lexicon.words("lex:Bound"))):
        return True
    return name.endswith(tuple(view.lexicon.words("lex:Measured"))) and not name[0].isascii()


def _whole(view: TextView, mentions: Iterable[Mention], listed: list[Mention]) -> Iterator[Mention]:
    """All but those that run on from a known name into the middle of a word (華為智能|手機).

    Nor does one begin a character before a known name (去信倫交所); a shorter one may (新浪微博).
    """
    ends = {m.span.start: m.span.end for m in listed}
    long = {m.span for m in listed if len(m.surface) >= _LONG and not _is_place(view, m)}
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        if Span(start + 1, end) in long:
            continue
        known = ends.get(start, end)
        runs_on = known < end and view.is_boundary(known)
        if not runs_on or view.is_boundary(end):
            yield mention


def _is_place(view: TextView, mention: Mention) -> bool:
    return view.ontology.is_a(mention.cls, PLACE)


def _without_country(
    view: TextView, mentions: Iterable[Mention], listed: list[Mention]
) -> Iterator[Mention]:
    """美國 Polar 基金會 is called Polar 基金會: a space ends the country's name.

    A known company is known with its country before it too (德國大眾汽車), if no other country has
    one of that name (國家電網).
    """
    ends = {m.span.start: m.span.end for m in listed if view.ontology.is_a(m.cls, COUNTRY)}
    national = tuple(view.lexicon.words("lex:National"))
    firms = {
        m.span
        for m in listed
        if view.ontology.is_a(m.cls, COMPANY)
        and not view.simplified.startswith(national, m.span.start)
    }
    for mention in mentions:
        end = ends.get(mention.span.start, mention.span.end)
        if Span(end, mention.span.end) in firms:
            continue
        name = view.text[end : mention.span.end]
        start = mention.span.end - len(name.lstrip())
        if name[:1].isspace() and start < mention.span.end:
            yield view.mention(
                start, mention.span.end, mention.cls, mention.score, mention.extractor
            )
        else:
            yield mention


def _outside(mentions: Iterable[Mention], lines: list[Span]) -> list[Mention]:
    """The mentions that stand in none of *lines*, which are in text order."""

    def line_of(span: Span) -> int:
        return bisect_right(lines, span.start, key=_start) - 1

    return [m for m in mentions if (at := line_of(m.span)) < 0 or not lines[at].covers(m.span)]


def _untitled(offices: Iterable[Span], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions that share no character with a title, go on after it or stand in quotes."""
    ends = {at: office.end for office in offices for at in range(office.start, office.end)}
    for mention in mentions:
        inside = (ends[at] for at in range(mention.span.start, mention.span.end) if at in ends)
        beside = all(end < mention.span.end for end in inside) and mention.span.start not in ends
        if beside or mention.extractor in _QUOTED:
            yield mention


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


def _not_glued(view: TextView, mentions: list[Mention], listed: list[Mention]) -> Iterator[Mention]:
    """All but persons' names that begin with a known name: the segmenter's mistake (安卓要).

    And but for a known name with what a firm's owners have of it (阿里巴巴股份).
    """
    starts, ends = ({at(m.span) for m in listed} for at in (_start, _end))
    shares = tuple(view.lexicon.words("lex:Share"))
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        glued = start in starts and view.ontology.is_a(mention.cls, PERSON)
        owned = any(
            end - len(share) in ends and view.simplified.startswith(share, end - len(share))
            for share in shares
        )
        if not (glued or owned):
            yield mention


def _by_shape(view: TextView, listed: list[Mention]) -> list[Mention]:
    by_start = {mention.span.start: mention for mention in listed}
    suffixed = [_linked(view, m, by_start) for m in SuffixedNames(view, listed).find()]
    makers = [m for m in [*listed, *suffixed] if view.ontology.is_a(m.cls, COMPANY)]
    return [
        *suffixed,
        *find_branded(view, makers),
        *find_models(view),
        *find_owners(view),
        *find_glossed(view),
        *gloss_names(view, suffixed),
        *find_apposed(view),
        *find_officers_firms(view),
        *find_local_firms(view, _local(view, listed)),
        *find_works(view),
        *find_quoted_names(view),
        *find_latin_names(view),
        *find_transliterated(view),
        *find_named_persons(view, view.lexicon.speech),
        *find_titled_transliterations(view),
        *find_tagged_bodies(view),
        *find_places(view),
        *find_towns(view, [m for m in listed if view.ontology.is_a(m.cls, PLACE)]),
    ]


def _local(view: TextView, listed: list[Mention]) -> list[Mention]:
    """The places that are no country: a firm is called after its town or province."""
    is_a = view.ontology.is_a
    return [m for m in listed if is_a(m.cls, PLACE) and not is_a(m.cls, COUNTRY)]


def _linked(view: TextView, mention: Mention, by_start: Mapping[int, Mention]) -> Mention:
    """騰訊公司 is the known 騰訊: a known company's name with 公司 or 股份有限公司."""
    known = by_start.get(mention.span.start)
    if known is None or not view.ontology.is_a(known.cls, COMPANY):
        return mention
    rest = view.simplified[known.span.end : mention.span.end]
    if rest != "公司" and rest not in view.lexicon.words("lex:Formal"):
        return mention
    return replace(mention, cls=known.cls, known=known.known)


def _agreed(view: TextView, mentions: list[Mention]) -> Iterator[Mention]:
    """The mentions, those of one name with the class of the best founded among them.

    Best founded is what a noun right before a foreign name says, then what has the best score.
    A capital where it is its state's government has a class of its own.
    """
    best: dict[str, tuple[bool, float, str]] = {}
    alike = [mention for mention in mentions if not is_state(view, mention)]
    for mention in alike:
        kind = _kind_said(view, mention)
        founded = (kind is not None, mention.score, kind or mention.cls)
        name = view.simplified[mention.span.start : mention.span.end]
        if name not in best or founded[:2] > best[name][:2]:
            best[name] = founded
    for mention in mentions:
        name = view.simplified[mention.span.start : mention.span.end]
        yield mention if is_state(view, mention) else replace(mention, cls=best[name][2])


def _kind_said(view: TextView, mention: Mention) -> str | None:
    """The class by the noun before a foreign name, if it tells product from maker.

    解決方案 Quillix is no firm; but 手機 Quillix may be software on a phone.
    """
    if mention.known or not mention.surface[0].isascii():
        return None
    kind = kind_before(view, mention.span.start)
    is_a = view.ontology.is_a
    told = kind is not None and is_a(kind, PRODUCT) != is_a(mention.cls, PRODUCT)
    return kind if told else None


def _kept(said: list[Judgement], chosen: list[Mention]) -> tuple[Judgement, ...]:
    """Those between chosen mentions; never between two different known entities."""
    by_id = {mention.id: mention for mention in chosen}
    kept = set()
    for judgement in said:
        left, right = by_id.get(judgement.left), by_id.get(judgement.right)
        if left is not None and right is not None and _may_be_one(left, right):
            kept.add(judgement)
    return tuple(sorted(kept, key=lambda j: (j.left, j.right, j.reasons, j.score)))


def _may_be_one(left: Mention, right: Mention) -> bool:
    return left.known is None or right.known is None or left.known == right.known
