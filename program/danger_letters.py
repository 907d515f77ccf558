"""Free words as they were meant: letters swapped, doubled, spaced out or starred are read as plain words.

A text is read in several ways at once; each way is sentences of tokens, and a token is the set of words that it
may stand for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Token = frozenset[str]
Sentence = tuple[Token, ...]

STARRED = 20  # different words with stars that are guessed at: each may stand for a thousand
LONGEST = 4000  # characters that are read at once
MASKS = 2  # starred letters of one word that are guessed
SHORT = 3  # letters of words that are too short to fold further
SWAPPED_FROM, SWAPPED_TO = 5, 60  # letters of a word in which two neighbours may have changed places
SPACED_FROM = 4  # single letters in a row that are read as one word
ALPHABET = "абвгдежзийклмнопрстуфхцчшщыэюя"

# By their look (а Latin «c» for «с») and by their sound (translit).
LOOKS = str.maketrans("abcehkmoptxyu03461@$is", "авсенкмортхуиозчбиасис")
SOUNDS = str.maketrans("abvgdezijklmnoprstufhcyxwq03461@$", "абвгдезийклмнопрстуфхкыхшяозчбиас")
TWO_LETTERS = (
    ("shch", "щ"), ("sch", "щ"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("yu", "ю"),
    ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("yo", "е"), ("ye", "е"),
)  # fmt: skip
OF_NEIGHBOURS = str.maketrans("іїєґў", "ииегу")

_SENTENCE = re.compile(r"[.!?…;\n]+(?=\s|$)|\n+")
_WORD = re.compile(r"[\w@$*#]+")
_IN_WORD = re.compile(r"(?<=\w)[.\-_*~|/\\,'’`^+]+(?=\w)")
_SPACED = re.compile(rf"(?<!\w)(?:\w[ .\-_*,]){{{SPACED_FROM - 1},}}\w(?!\w)")
_CYRILLIC = re.compile(r"[а-я]")
_LATIN = re.compile(r"[a-z]")
# «нехочу» is written in one word as often as not.
_GLUED = re.compile(
    r"\bне(?=(?:хоч|хоте|хоти|могу|буду|вижу|жить|нужен|нужна|вернусь|корм|дают|дает|бьет|бьют)\w*)"
)


def plain(word: str) -> str:
    """A word for comparing: no soft or hard sign, each letter once in a row («нее» must not become «не»)."""
    word = word.replace("ь", "").replace("ъ", "")
    return re.sub(r"(.)\1+", r"\1", word) if len(word) > SHORT else word


def folded(text: str) -> str:
    """Lower case, ё as е, no accents and invisible characters; lines stay."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST]).casefold().replace("ё", "е")
    kept = "".join(
        c for c in composed if c == "\n" or unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cc", "Cs")
    )
    return _GLUED.sub("не ", kept.translate(OF_NEIGHBOURS))


def readings(text: str) -> Iterator[list[Sentence]]:
    """The text as written; then, where there is something to join, with words joined inside and letters gathered."""
    words = folded(text)
    yield _sentences(words)
    joined = _IN_WORD.sub("", words)
    if joined != words:
        yield _sentences(joined)
    gathered = _SPACED.sub(lambda found: re.sub(r"[\W_]", "", found.group()), words)
    if gathered != words:
        yield _sentences(gathered, spaced=True)


def spelled_out(text: str) -> Iterator[str]:
    """Sentences written letter by letter, without their spaces: where a word begins is to be guessed."""
    for part in _SENTENCE.split(folded(text)):
        words = _WORD.findall(part)
        letters = sum(len(word) == 1 for word in words)
        if letters >= SPACED_FROM and 2 * letters >= len(words):
            yield plain("".join(words))


def _sentences(words: str, *, spaced: bool = False) -> list[Sentence]:
    stars = dict.fromkeys(word for word in _WORD.findall(words) if "*" in word.strip("*_#"))
    read = frozenset(list(stars)[:STARRED])
    tokens = {word: _token(word, spaced, word in read) for word in set(_WORD.findall(words))}
    found = [tuple(tokens[word] for word in _WORD.findall(part)) for part in _SENTENCE.split(words)]
    return [sentence for sentence in found if sentence]


def _token(word: str, spaced: bool, starred: bool) -> Token:
    """Every word this may stand for."""
    word = word.strip("_#")
    found = {word}
    if not word.isdecimal() and not (_CYRILLIC.search(word) and word.isalpha() and not _LATIN.search(word)):
        found |= {word.translate(LOOKS), _sounded(word)}
    if starred and 0 < word.strip("*").count("*") <= MASKS:
        found |= set(_unmasked(word.strip("*")))
    for one in list(found):
        if spaced and len(one) >= SPACED_FROM:
            found |= {one[1:], one[2:]}  # «я у м е р е т ь»: a word of one letter stood before
        if SWAPPED_FROM <= len(one) <= SWAPPED_TO and one.isalpha():
            found |= {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(1, len(one) - 1)}
    return frozenset(plain(one) for one in found if plain(one))


def _sounded(word: str) -> str:
    for latin, cyrillic in TWO_LETTERS:
        word = word.replace(latin, cyrillic)
    return word.translate(SOUNDS)


def _unmasked(word: str) -> Iterator[str]:
    """«с*ицид»: each letter of the alphabet in the star's place."""
    before, _, after = word.partition("*")
    for letter in ALPHABET:
        guess = before + letter + after
        if "*" in after:
            yield from _unmasked(guess)
        else:
            yield guess
