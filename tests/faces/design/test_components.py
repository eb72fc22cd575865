"""Components: each has its caption and its place in the guide, what people wrote is never taken for markup."""

import re

import pytest
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

from guerdon.faces.design import assets, shapes
from tests import design_page

TEMPLATES = assets.ROOT.parent.parent.glob("**/templates/**/*.html")
COMPILER = CottonCompiler()
SOURCES = {path: path.read_text() for path in sorted(TEMPLATES)}
EVIL = '"><script>alert(1)</script>'


def made(markup, **told):
    """What a template with components comes to."""
    return Template(COMPILER.process(markup)).render(Context(told))


def test_the_page_of_components_is_as_they_are():
    assert design_page.PAGE.read_text() == design_page.write(), "python -m tests.design_page --write"


def test_every_component_has_a_caption():
    assert [one.name for one in design_page.components() if not one.about] == []


def test_every_component_is_shown_in_the_guide():
    guide = "".join(text for path, text in SOURCES.items() if "/design/" in str(path).rpartition("templates")[2])
    within = "".join(text for path, text in SOURCES.items() if "cotton" in path.parts)
    for one in design_page.components():
        assert f"<c-{one.name} " in guide + within or f"<c-{one.name}>" in guide + within, one.name


def test_what_is_told_to_a_component_by_name_is_one_of_its_parameters():
    """Of other attributes a component writes what `:name=` evaluates to as it is: there nothing is escaped."""
    known = {one.name: set(one.parameters) | {"attrs"} for one in design_page.components()} | {"icon": {"name"}}
    wrong = [
        f"{path.name}: <c-{component} :{name}>"
        for path, text in SOURCES.items()
        for component, attributes in re.findall(r"<c-([\w-]+)((?:\s[^<>]*?)?)/?>", text)
        if component not in ("slot", "vars")
        for name in re.findall(r"\s:([\w-]+)=", attributes)
        if name not in known[component]
    ]
    assert SOURCES and wrong == []


@pytest.mark.parametrize(
    "markup",
    [
        '<c-field name="a" label="{{ evil }}" hint="{{ evil }}" fault="{{ evil }}" value="{{ evil }}" />',
        '<c-field name="a" :label="evil" :hint="evil" :fault="evil" :value="evil" :unit="evil" />',
        '<c-field name="a" label="a" placeholder="{{ evil }}" />',
        '<c-textarea name="a" :label="evil" :value="evil" />',
        '<c-select name="a" :label="evil" :choices="choices" :value="evil" />',
        '<c-choices name="a" :label="evil" :choices="choices" />',
        '<c-table :columns="columns" :rows="rows" :caption="evil" />',
        '<c-facts :facts="facts" />',
        '<c-member-card :name="evil" :programme="evil" :points="evil" :tier="evil" :number="evil" />',
        '<c-reward :title="evil" :price="evil" :about="evil" :short="evil" />',
        '<c-chart :title="evil" :series="series" :points="points" />',
        '<c-scatter :title="evil" :plot="plot" />',
        '<c-search :label="evil" :value="evil" clear="?" />',
        '<c-toast :title="evil">{{ evil }}</c-toast>',
        '<c-item :title="evil" :about="evil" :name="evil">{{ evil }}</c-item>',
    ],
)
def test_what_people_wrote_is_never_markup(markup):
    told = {
        "evil": EVIL,
        "choices": (shapes.Choice(EVIL, EVIL, EVIL),),
        "columns": (shapes.Column(EVIL),),
        "rows": (shapes.Row((shapes.Cell(EVIL),), EVIL),),
        "facts": (shapes.Fact(EVIL, EVIL, EVIL),),
        "series": (shapes.Series(EVIL),),
        "points": (shapes.Point(EVIL, (shapes.Measure(1, EVIL),)),),
        "plot": shapes.Plot(
            EVIL,
            EVIL,
            (shapes.Dot("today", "1%", "1%", EVIL), shapes.Dot("best", "1%", "1%", EVIL)),
            (),
            (shapes.Tick("1%", EVIL),),
            (shapes.Tick("1%", EVIL),),
            (("best", EVIL),),
        ),
    }
    page = made(markup, **told)
    assert "<script" not in page and "&lt;" in page
    assert "&amp;lt;" not in page  # escaped once, not twice


def test_a_form_that_is_told_again_shows_what_was_told():
    choices = (shapes.Choice("1", "one"), shapes.Choice("2", "two"))
    page = made(
        '<c-select name="a" label="A" :choices="choices" value="{{ told }}" required />', choices=choices, told="2"
    )
    assert '<option value="2" selected>two</option>' in page and '<option value="1">' in page
    assert re.search(r"<select[^>]* required", page)


def test_a_figure_that_fell_is_not_shown_as_risen_because_that_is_good():
    page = made('<c-stat label="Points that end" value="12" change="−3 %" good="yes" />')
    assert "#trending-down" in page and 'class="change good"' in page


@pytest.mark.parametrize(
    ("numbers", "points"),
    [
        ((), ""),
        ((7,), "0.0,28.0 100.0,28.0"),
        ((1, 2), "0.0,28.0 100.0,2.0"),
        ((3, 3, 3), "0.0,28.0 50.0,28.0 100.0,28.0"),
    ],
)
def test_a_row_of_figures_is_a_line(numbers, points):
    assert shapes.sparkline(numbers) == points


def test_style_sheets_stay_small():
    """One sheet of our own for all faces together; it may shrink, and grows only with a component."""
    served = assets.every()[assets.address(assets.SHEET)]
    assert len(served) <= 23 * 1024 < len((assets.ROOT / assets.SHEET).read_bytes())
