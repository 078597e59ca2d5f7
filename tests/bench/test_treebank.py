"""What v1 trees become, on sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Span
from tests.bench.treebank import Tree, Word, as_v2, read_trees, renamed


def tree(source: str) -> Tree:
    """A tree from ``form/part of speech/tag/label>head``, heads counted from 1."""
    text, words = "", []
    for part in source.split():
        form, upos, xpos, hung = part.split("|")
        label, head = hung.split(">")
        words.append(Word(Span(len(text), len(text) + len(form)), upos, xpos, int(head) - 1, label))
        text += form
    return Tree(text, tuple(words))


def shown(found: Tree) -> list[str]:
    """Each word with label and head."""
    return [f"{found.form(at)} {word.label}>{word.head + 1}" for at, word in enumerate(found.words)]


SENTENCES = {
    "counter": (
        "三|NUM|CD|nummod>2 個|NOUN|NNB|nmod>3 人|NOUN|NN|nsubj>4 來|VERB|VV|root>0 了|PART|AS|case:aspect>4",
        "三 nummod>3, 個 clf>1, 人 nsubj>4, 來 root>0, 了 aux>4",
    ),
    "name": (
        "瑪莎|PROPN|NNP|nmod>3 ·|PUNCT|/|punct>3 柯爾|PROPN|NNP|nsubj>4 離開|VERB|VV|root>0",
        "瑪莎 nsubj>4, · punct>3, 柯爾 flat:name>1, 離開 root>0",
    ),
    "apposition": (
        "作家|NOUN|NN|appos>3 林|PROPN|NNP|nmod>3 海生|PROPN|NNP|nsubj>4 離開|VERB|VV|root>0",
        "作家 nsubj>4, 林 appos>1, 海生 flat:name>2, 離開 root>0",
    ),
    "disposal": (
        "他|PRON|PRP|nsubj>4 把|VERB|BB|aux:caus>4 門|NOUN|NN|dobj>4 關上|VERB|VV|root>0",
        "他 nsubj>4, 把 case>3, 門 obl:patient>4, 關上 root>0",
    ),
    "passive": (
        "門|NOUN|NN|nsubjpass>4 被|VERB|BB|auxpass>4 他|PRON|PRP|nsubj>4 關上|VERB|VV|root>0",
        "門 nsubj:pass>4, 被 aux:pass>4, 他 obl:agent>4, 關上 root>0",
    ),
    "passive without its doer": (
        "門|NOUN|NN|nsubjpass>3 被|VERB|BB|auxpass>3 關上|VERB|VV|root>0",
        "門 nsubj:pass>3, 被 aux:pass>3, 關上 root>0",
    ),
    "clauses in a row": (
        "他|PRON|PRP|nsubj>2 來|VERB|VV|dep>5 ，|PUNCT|,|punct>5 她|PRON|PRP|nsubj>5 走|VERB|VV|root>0"
        " 。|PUNCT|.|punct>5",
        "他 nsubj>2, 來 root>0, ， punct>5, 她 nsubj>5, 走 parataxis>2, 。 punct>2",
    ),
    "relative clause": (
        "他|PRON|PRP|nsubj>2 寫|VERB|VV|acl:relcl>4 的|PART|DEC|acl:relcl>2 書|NOUN|NN|root>0",
        "他 nsubj>2, 寫 acl:relcl>4, 的 mark:rel>2, 書 root>0",
    ),
    "owner": (
        "公司|NOUN|NN|det>3 的|PART|DEC|case:dec>1 書|NOUN|NN|root>0",
        "公司 nmod>3, 的 case>1, 書 root>0",
    ),
    "list": (
        "茶|NOUN|NN|dobj>6 、|PUNCT|EC|punct>1 水|NOUN|NN|conj>1 和|CONJ|CC|cc>1 酒|NOUN|NN|conj>1"
        " 賣|VERB|VV|root>0",
        "茶 obj>6, 、 punct>3, 水 conj>1, 和 cc>5, 酒 conj>1, 賣 root>0",
    ),
    "place": (
        "在|ADP|IN|case>2 學校|NOUN|NN|nmod>4 裡|ADP|IN|acl>2 讀書|VERB|VV|root>0",
        "在 case>2, 學校 obl>4, 裡 case>2, 讀書 root>0",
    ),
    "clause before": (
        "到|VERB|VV|acl>4 了|PART|AS|case:aspect>1 ，|PUNCT|,|punct>4 吃|VERB|VV|root>0",
        "到 advcl>4, 了 aux>1, ， punct>1, 吃 root>0",
    ),
    "suffix": (
        "基金|NOUN|NN|case:suff>2 會|PART|SFN|nsubj>3 成立|VERB|VV|root>0",
        "基金 compound>2, 會 nsubj>3, 成立 root>0",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("v1", "v2"), SENTENCES.values(), ids=SENTENCES)
def test_a_tree_of_v1_becomes_one_of_v2(v1: str, v2: str) -> None:
    found = as_v2(tree(v1))
    assert shown(found) == v2.split(", ")
    assert sum(word.head < 0 for word in found.words) == 1


@pytest.mark.parametrize(
    ("word", "upos"),
    [
        ("和|CONJ|CC|cc>2", "CCONJ"),
        ("是|VERB|VC|cop>2", "AUX"),
        ("是|VERB|VC|xcomp>2", "VERB"),
        ("也|ADV|RB|mark>2", "SCONJ"),
        ("也|ADV|RB|advmod>2", "ADV"),
        ("被|VERB|BB|auxpass>2", "AUX"),
        ("過|PART|AS|case:aspect>2", "AUX"),
        ("的|PART|DEC|case:dec>2", "PART"),
    ],
)
def test_parts_of_speech_follow_label_and_tag(word: str, upos: str) -> None:
    assert as_v2(tree(f"{word} 走|VERB|VV|root>0")).words[0].upos == upos


def test_to_rename_leaves_the_heads() -> None:
    v1 = tree(SENTENCES["disposal"][0])
    assert [w.head for w in renamed(v1).words] == [w.head for w in v1.words]
    assert [w.label for w in renamed(v1).words] == ["nsubj", "aux:caus", "obj", "root"]


def test_words_have_their_places_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "trees.conllu"
    rows = ["1\t他\t_\tPRON\tPRP\t_\t2\tnsubj\t_\t_", "2\tgo\t_\tVERB\tVV\t_\t0\troot\t_\t_"]
    rows += ["3\t.\t_\tPUNCT\t.\t_\t2\tpunct\t_\t_", ""]
    path.write_text("\n".join(["# text = 他 go 。", *rows, *rows]), encoding="utf-8")
    told, joined = read_trees(path)
    assert (told.text, joined.text) == ("他 go 。", "他go。")
    assert [told.form(at) for at in range(3)] == ["他", "go", "。"]
    assert [word.head for word in joined.words] == [1, -1, 1]
