"""The packaged configuration, and others like it that are wrong in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.ontology import load_ontology
from kg.training.config import DEFAULT, NEWS, Corpus, read_config
from kg.training.corpora import OWN, READERS

TEXT = DEFAULT.read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "changed.toml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(pattern: str, replacement: str) -> str:
    """The packaged text with the first *pattern* replaced; it must be there."""
    text, count = re.subn(pattern, replacement, TEXT, count=1, flags=re.MULTILINE)
    assert count == 1, pattern
    return text


def test_the_packaged_configuration_is_read_and_can_be_copied(tmp_path: Path) -> None:
    assert read_config(written(tmp_path, TEXT)) == read_config()


def test_the_classes_of_the_news_head_are_in_the_ontology_or_offices() -> None:
    classes = set(load_ontology().classes)
    assert set(read_config().schemes[NEWS]) - classes <= {"kg:Position"}


def test_every_set_has_a_name_of_its_own_and_a_reader() -> None:
    config = read_config()
    names = [corpus.name for corpus in config.corpora]
    assert len(set(names)) == len(names)
    assert {corpus.reader for corpus in config.corpora} <= {OWN, *READERS}
    assert {texts.reader for texts in config.adapt.texts} <= set(READERS)


def test_the_numbers_are_in_their_ranges() -> None:
    config = read_config()
    assert 1 <= config.layers <= 12
    assert all(0 < share <= 1 for share in (config.decay, config.average, config.rate))
    assert 0 < config.continued_rate <= config.rate
    assert 0 <= config.dropout < 1
    assert all(corpus.passes > 0 and corpus.weight > 0 for corpus in config.corpora)


def test_only_what_a_set_says_differs_from_the_defaults(tmp_path: Path) -> None:
    head = TEXT[: TEXT.index("[[corpora]]")]
    row = '[[corpora]]\nname = "a"\nfile = "b"\nreader = "columns"\npasses = 1.5\nweight = 0.5\n'
    (corpus,) = read_config(written(tmp_path, head + row)).corpora
    assert corpus == Corpus("a", "b", "columns", 1.5, 0.5)
    assert (corpus.scheme, corpus.held_out, corpus.strip) == ("", 0, "")
    assert (corpus.hidden, dict(corpus.classes)) == ((), {})


def test_lists_become_tuples(tmp_path: Path) -> None:
    for corpus in read_config().corpora:
        assert isinstance(corpus.hidden, tuple)
        assert all(isinstance(classes, tuple) for classes in corpus.classes.values())


@pytest.mark.parametrize("key", ["seed", "layers", "rate", "continued_rate", "dropout", "average"])
def test_a_missing_number_is_named(tmp_path: Path, key: str) -> None:
    path = written(tmp_path, changed(rf"^{key} = .*$", ""))
    with pytest.raises(InputError, match=rf"changed\.toml is no training configuration: .*{key}"):
        read_config(path)


@pytest.mark.parametrize(
    ("pattern", "replacement", "message"),
    [
        (r"^seed", "sed", "sed"),
        (r"^reader = \"columns\"$", 'raeder = "columns"', "raeder"),
        (r"^seed = 1$", "seed = ", "is no training configuration"),
        (r"^news = \[", "olds = [", "news"),
        (
            r"^hidden = \[.*\]$",
            'hidden = ["kg:Dragon"]',
            r"cluener wants kg:Dragon in schemes\.news",
        ),
        (
            r"^name = \[\"kg:Person\"\]$",
            'name = ["kg:Dragon"]',
            r"cluener wants kg:Dragon in schemes\.news",
        ),
        (r"^scheme = \"msra\"$", 'scheme = "masr"', r"msra wants 'masr' in schemes"),
    ],
)
def test_what_cannot_be_used_is_named(
    tmp_path: Path, pattern: str, replacement: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_config(written(tmp_path, changed(pattern, replacement)))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.toml"):
        read_config(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    "text", ["", "corpora = []\n", "schemes = 1\ncorpora = []\n", "corpora = [1]\n"]
)
def test_a_table_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="is no training configuration"):
        read_config(written(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "changed.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="is no training configuration"):
        read_config(path)
