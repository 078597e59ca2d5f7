"""The training configuration: ``recogniser.toml`` as records."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.annotation.recogniser import NEWS
from kg.errors import InputError

DEFAULT = Path(__file__).with_name("recogniser.toml")


@dataclass(frozen=True, slots=True)
class Corpus:
    """One set: where it is, how it is read and what its labels mean (see ``recogniser.toml``)."""

    name: str
    file: str
    reader: str
    passes: float
    weight: float
    scheme: str = ""
    held_out: int = 0
    measured_on: str = ""
    strip: str = ""
    adversarial: bool = False
    hidden: tuple[str, ...] = ()
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Texts:
    """A set of plain texts to adapt to; of more than *characters* a sample is taken."""

    file: str
    reader: str
    characters: int = 10**9


@dataclass(frozen=True, slots=True)
class Adaptation:
    """How the encoder is adapted to news before it learns names."""

    rate: float
    tokens: int
    masked: float
    passes: float
    texts: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """How a recogniser is trained; schemes are the labels of each head."""

    seed: int
    layers: int
    tokens: int
    rate: float
    continued_rate: float
    decay: float
    dropout: float
    average: float
    adapt: Adaptation
    schemes: Mapping[str, tuple[str, ...]]
    corpora: tuple[Corpus, ...]


def read_config(path: Path = DEFAULT) -> Config:
    """The configuration in a TOML file; InputError says what in it cannot be used."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        corpora = tuple(_corpus(row) for row in table.pop("corpora"))
        schemes = {name: tuple(labels) for name, labels in table.pop("schemes").items()}
        adapt = table.pop("adapt")
        texts = tuple(Texts(**row) for row in adapt.pop("texts"))
        adaptation = Adaptation(**adapt, texts=texts)
        return _checked(Config(**table, adapt=adaptation, schemes=schemes, corpora=corpora), path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is no training configuration: {error}") from error


def _corpus(row: dict[str, Any]) -> Corpus:
    classes = {label: tuple(names) for label, names in row.pop("classes", {}).items()}
    return Corpus(**{**row, "hidden": tuple(row.get("hidden", ()))}, classes=classes)


def _checked(config: Config, path: Path) -> Config:
    news = {*config.schemes[NEWS]}
    for corpus in config.corpora:
        named = ({*corpus.hidden} - {"*"}).union(*corpus.classes.values())
        unknown = [f"{name} in schemes.news" for name in sorted(named - news)]
        unknown += [f"{s!r} in schemes" for s in {corpus.scheme} - {"", *config.schemes}]
        if unknown:
            raise InputError(f"{path}: the set {corpus.name} wants {unknown[0]}: it is not there")
    return config
