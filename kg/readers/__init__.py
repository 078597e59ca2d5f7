"""Files, folders, HTML pages, JSON Lines, Parquet and standard input → :class:`~kg.model.Document`.

    source     what each source is, and the order of reading
    folder     which files of a folder are articles
    plain      text and Markdown
    markup     saved HTML pages
    jsonl      one article a line
    parquet    one article a row
    article    what was found → a checked document
    decode     bytes → text
    limits     how much is read

Begin with ``source``.
"""

from kg.readers.source import STDIN, count_articles, iter_documents

__all__ = ["STDIN", "count_articles", "iter_documents"]
