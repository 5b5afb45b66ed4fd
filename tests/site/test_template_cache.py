"""A kept template is compiled once, and again when its source is another."""

from __future__ import annotations

import pickle

from jinja2 import DictLoader, Environment

from plugins.site.template_cache import TemplateCache


class Counting(Environment):
    """Counts compilations."""

    compiled = 0

    def _generate(self, *arguments: object, **options: object) -> str:
        self.compiled += 1
        return super()._generate(*arguments, **options)  # type: ignore[arg-type]


def environment(source: str, kept: TemplateCache) -> Counting:
    return Counting(loader=DictLoader({"a.html": source}), bytecode_cache=kept)


def test_compiled_once_for_all_builds() -> None:
    kept: dict[str, bytes] = {}
    first = environment("Chào {{ name }}", TemplateCache(kept))
    assert first.get_template("a.html").render(name="bà con") == "Chào bà con"
    again = environment("Chào {{ name }}", TemplateCache(pickle.loads(pickle.dumps(kept))))  # noqa: S301 - its own
    assert again.get_template("a.html").render(name="bà con") == "Chào bà con"
    assert (first.compiled, again.compiled) == (1, 0)


def test_another_source_is_another_template() -> None:
    kept = TemplateCache({})
    environment("Chào {{ name }}", kept).get_template("a.html")
    after = environment("Kính chào {{ name }}", kept)
    assert after.get_template("a.html").render(name="bà con") == "Kính chào bà con"
    assert after.compiled == 1
