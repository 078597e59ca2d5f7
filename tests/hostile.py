"""A graph whose every text tries to break out of the page, or of a file made from it."""

from __future__ import annotations

from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Measure,
    Participant,
    Quantity,
    Reason,
    Span,
    TimeSpan,
)

HOSTILE = [
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "\"'><svg onload=window.pwned=1>",
    "{{ 7*7 }}{% raw %}${window.pwned=1}",
    "javascript:window.pwned=1",
    "__proto__",
    "constructor",
    "a\x00\x01\x1b[31m\x7fb",
    "line\u2028para\u2029end",
    "\u202egnp.exe\u2066",
    "<!--<script>",
    "]]>&amp;&lt;",
    "=1+1",
    "＋cmd|calc",
    '"@en . <urn:x> <urn:y> "',
    "a> <b\\u003e ^`{}",
    "https://example.invalid/\"onclick='window.pwned=1'",
    "長" * 10_000,
    "",
]


def hostile_graph() -> ClaimGraph:
    text = "\n".join(HOSTILE)
    whole = Span(0, len(text))
    documents = (
        Document("__proto__", text, title=HOSTILE[0], publisher=HOSTILE[1], language=HOSTILE[2]),
    )
    entities = tuple(
        Entity(
            f"{bad}#{i}",
            ["kg:Company", "kg:Event", bad][i % 3],
            {"zh-Hant": bad, bad: bad},
            tuple(HOSTILE),
            tuple(HOSTILE),
            (EntityMention("__proto__", Span(text.index(bad), text.index(bad) + len(bad)), bad),),
            trigger=bad,
            time=TimeSpan(bad, bad, "day"),
            participants=(Participant(bad, f"{HOSTILE[0]}#0"), Participant(bad, bad)),
        )
        for i, bad in enumerate(HOSTILE)
    )
    claims = tuple(
        Claim(
            f"{bad}{i}",
            entities[i].iri,
            bad,
            Measure(bad, Quantity(1, None, "=", bad, bad)) if i % 4 == 3 else entities[0].iri,
            (Evidence("__proto__", whole, text, bad, 1), Evidence(bad, whole, bad, bad, 1)),
            time=TimeSpan(bad, None, "day"),
            place=bad,
            role=bad,
            polarity="denied" if i % 2 else "asserted",
            modality="reported",
            speaker=bad,
            event=entities[1].iri,
            confidence=0.5,
            reasons=(Reason(bad, 0.5),),
        )
        for i, bad in enumerate(HOSTILE)
    )
    return ClaimGraph(documents, entities, claims)
