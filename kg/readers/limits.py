"""How much of a source is read. A stranger's file must not fill the memory."""

from __future__ import annotations

# Characters of one article: a dozen novels. What is longer is a corpus, not an article.
MAX_CHARACTERS = 5_000_000

# Characters of one line. Prose has line ends; data without any are not prose.
MAX_LINE = 2_000_000

# Bytes of one file: MAX_CHARACTERS of four bytes each, the longest that an encoding needs.
MAX_BYTES = 4 * MAX_CHARACTERS

# Bytes of one JSONL line: MAX_CHARACTERS Chinese characters in UTF-8, and the other fields.
MAX_JSONL_LINE = 3 * MAX_CHARACTERS + 1_000_000

# How many times its size a gzip file may grow. News grows by 3 to 10 times, a bomb by 1000.
MAX_EXPANSION = 100

# "<" in one page: extraction takes 8 s and 190 MB for this many in the worst arrangement
# that was found; the pages of news sites have some thousands.
MAX_TAGS = 100_000

# Characters of one tag, embedded files aside: the parser is quadratic in a tag's attributes.
MAX_TAG_LENGTH = 100_000

# Characters of a title; what is longer is no title.
MAX_TITLE = 300
