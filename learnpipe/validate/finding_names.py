"""Where a text holds a known person's name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from learnpipe.ground.calendar import MONTH_NAMES
from learnpipe.validate.known_names import LEAST_MISTYPED, PARTICLES, Names
from learnpipe.validate.names import Token, begins_sentence, does_something, pieces, together

_MOST_INITIALS = 5
_LEAST_SHORTENED = 4  # letters of a short form, such as Hitesh for Hiteshkumar
_LEAST_PLURAL = 3
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?")
_OF_SOMEBODY = re.compile(r"['’`´]s(?!\w)")
_MONTHS = frozenset(name.casefold() for name in MONTH_NAMES)
_ALWAYS_A_NAME_AFTER = frozenset(("mr", "mrs", "mister", "cllr"))


def found_names(
    names: Names, text: str, tokens: Sequence[Token], kept: set[int], known: Callable[[str], bool]
) -> set[int]:
    """The positions of the tokens that are names; those in ``kept`` never are.

    Whole names in any case; a part when capitalised, or when no ordinary word is like it; and if
    it is a common word (or begins a sentence that it may), only beside a title or another part of
    the name, or before 's. ``known``: whether a word stands in the logs as an ordinary one.
    """
    out: set[int] = set()
    for at, one in enumerate(tokens):
        out.update(_whole_from(names, text, tokens, at))
        if one.run in names.joined and len(one.run) > 5:
            out.add(at)
        if one.shouted:
            out.update(_initials_from(names, text, tokens, at))
        if at in kept:
            continue
        if one.run not in names.parts:
            if _form_of_part(names, text, tokens, at, known):
                out.add(at)
        elif one.capital:
            out.update(_capital_part(names, text, tokens, at))
        elif one.run in names.alone or _after_honorific(names, text, tokens, at):
            out.add(at)
    out |= {by for at in out for by in _particles_after(at, tokens, out)}
    out |= _after_honorifics(names, text, tokens, kept)
    return out - kept


def _whole_from(names: Names, text: str, tokens: Sequence[Token], at: int) -> Iterable[int]:
    for name in names.whole.get(tokens[at].run, ()):
        end = at + len(name)
        if end <= len(tokens) and all(
            tokens[at + step].run == run for step, run in enumerate(name)
        ):
            own = tokens[at:end]
            if all(together(text, *pair) for pair in pairwise(own)):
                yield from range(at, end)


def _initials_from(names: Names, text: str, tokens: Sequence[Token], at: int) -> Iterable[int]:
    if tokens[at].run in names.initials and len(tokens[at].run) > 1:
        yield at
    letters, end = "", at
    while (
        end < len(tokens) and end - at < _MOST_INITIALS
        and len(tokens[end].run) == 1 and tokens[end].capital
        and (end == at or together(text, tokens[end - 1], tokens[end]))
    ):  # fmt: skip
        letters, end = letters + tokens[end].run, end + 1
        if len(letters) > 1 and letters in names.initials:
            yield from range(at, end)
    dotted = _DOTTED.match(text, tokens[at].start)
    if dotted and text[: tokens[at].start][-1:] != "." and len(letters) > 1:
        letters = letters[: dotted[0].count(".") + (not dotted[0].endswith("."))]
        if letters in names.dotted:
            yield from range(at, at + len(letters))


def _capital_part(names: Names, text: str, tokens: Sequence[Token], at: int) -> Iterable[int]:
    """A capitalised part of a name, and what stands beside it of the same person's."""
    one, words = tokens[at], names.words
    beside = list(_beside(text, tokens, at))
    own = [by for by in beside if _same_person(names, one, tokens[by])]
    alone = one.run not in words.common and (len(one.run) > 2 or not one.shouted)
    if alone and one.run in words.ordinary:
        alone = not _among_capitals(text, tokens, at)
        if begins_sentence(text, one.start):
            alone = does_something(text, tokens, at)
    alone |= any(tokens[by].run in words.titles and by < at for by in beside)
    alone |= one.run not in _MONTHS and bool(_OF_SOMEBODY.match(text, one.end))
    return (at, *own) if alone or own else ()


def _among_capitals(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands after a capital that begins no sentence: capitals tell nothing here."""
    if not at or not together(text, tokens[at - 1], tokens[at]):
        return False
    before = tokens[at - 1]
    return before.capital and (before.shouted or not begins_sentence(text, before.start))


def _same_person(names: Names, one: Token, other: Token) -> bool:
    """Whether another token is a part, or an initial, of somebody who bears this one."""
    if not other.capital or other.run == one.run:
        return False
    by = names.firsts if len(other.run) == 1 else names.parts
    return not names.parts[one.run].isdisjoint(by.get(other.run, ()))


def _form_of_part(
    names: Names, text: str, tokens: Sequence[Token], at: int, known: Callable[[str], bool]
) -> bool:
    """Whether a word is a known part in the plural, joined to another, shortened or mistyped."""
    one, words = tokens[at], names.words
    if one.run in words.not_names:
        return False
    stems = {one.run[: -len(end)] for end in ("s", "es") if one.run.endswith(end)}
    stems = {stem for stem in stems if len(stem) >= _LEAST_PLURAL and stem in names.parts}
    if not stems.isdisjoint(names.alone) and one.run not in words.ordinary:
        return True
    if not one.capital:
        return False
    if stems and one.run not in words.ordinary and at and tokens[at - 1].run == "the":
        return True  # the Smiths
    inner = pieces(text[one.start : one.end])
    if len(inner) > 1 and any(piece in names.alone for piece in inner):
        return True
    if one.run in words.ordinary or not (_shortened(names, one.run) or _mistyped(names, one.run)):
        return False
    return not known(one.run)


def _shortened(names: Names, run: str) -> bool:
    own = names.mistypable.get(run[0], [])
    at = bisect_left(own, run)
    return len(run) >= _LEAST_SHORTENED and at < len(own) and own[at].startswith(run)


def _mistyped(names: Names, run: str) -> bool:
    """Whether one letter more, less, other or swapped makes it a known part."""
    own = names.mistypable.get(run[0], [])
    if len(run) < LEAST_MISTYPED or not own:
        return False
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return process.extractOne(run, own, scorer=OSA.distance, score_cutoff=1) is not None


def _after_honorific(names: Names, text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether a known part without a capital stands after Mr, Mrs, Dr …"""
    if not at or not together(text, tokens[at - 1], tokens[at]):
        return False
    return tokens[at - 1].run in names.words.honorifics - {"miss", "master"}


def _after_honorifics(names: Names, text: str, tokens: Sequence[Token], kept: set[int]) -> set[int]:
    """What stands after Mr, Mrs, Dr … is a name, whoever bears it: up to two words."""
    words, out = names.words, set()
    for at, one in enumerate(tokens):
        always = one.run in _ALWAYS_A_NAME_AFTER
        if one.run not in words.honorifics or not (one.capital or always):
            continue
        for step in (1, 2):
            after = at + step
            if (
                after >= len(tokens) or after in kept
                or not together(text, tokens[after - 1], tokens[after])
                or not (tokens[after].capital or (always and step == 1))
            ):  # fmt: skip
                break
            run = tokens[after].run
            plain = run in words.not_names or (run in words.never and run not in words.common)
            if plain and not (always and step == 1 and tokens[after].capital):
                break
            out.add(after)
    return out


def _particles_after(at: int, tokens: Sequence[Token], names: set[int]) -> Iterator[int]:
    """The small words of a name between two of its parts, as in Anne de la Tour."""
    for last in range(at + 2, min(at + 4, len(tokens))):
        between = range(at + 1, last)
        if last in names and all(tokens[by].run in PARTICLES for by in between):
            yield from between


def _beside(text: str, tokens: Sequence[Token], at: int) -> Iterator[int]:
    if at and together(text, tokens[at - 1], tokens[at]):
        yield at - 1
    if at + 1 < len(tokens) and together(text, tokens[at], tokens[at + 1]):
        yield at + 1
