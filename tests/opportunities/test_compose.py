"""Any set of regions can be put together; what speaks against it is said."""

import itertools

import pytest

from sinergi.opportunities import queries
from sinergi.opportunities.compose import Composition
from sinergi.opportunities.compute import object_scores
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.reference import queries as reference

pytestmark = pytest.mark.usefixtures("shipped")


def first_pair_with(veto, code, most=4000):
    """The first pair of linked regions that is vetoed for this reason alone."""
    base, settings = queries.ground(), MapSettings()
    scores, links = object_scores(base, code, settings), base.links(code)
    for a, b in list(zip(links.a.tolist(), links.b.tolist(), strict=True))[:most]:
        if Composition(base, code, (a, b), scores, settings).vetoes() == (veto,):
            return base, scores, a, b
    raise AssertionError(f"no pair is vetoed for {veto}")


def test_a_pair_without_need_is_told_so():
    _base, scores, a, b = first_pair_with("no_need", "RS_RUJUKAN")
    assert min(scores.field.need[[a, b]]) < 0.5


def test_a_pair_without_strength_is_told_so():
    _, scores, a, b = first_pair_with("no_strength", "RS_RUJUKAN")
    need, strength = scores.field.need, scores.field.strength
    giver, receiver = (a, b) if need[b] >= 0.5 else (b, a)
    assert strength[giver] < 0.5 or strength[receiver] >= strength[giver]


def test_a_supply_that_does_not_pay_is_told_so():
    base, _scores, a, b = first_pair_with("no_margin", "KAD_CABAI", most=60_000)
    margin = base.margin("KAD_CABAI")
    km = base.distance(*[base.rows[:1] * 0 + x for x in (a, b)])
    rows = [base.rows[:1] * 0 + x for x in (a, b)]
    assert (
        margin.per_kg(rows[0], rows[1], km)[0] <= 0 or margin.per_kg(rows[1], rows[0], km)[0] <= 0
    )


def test_too_many_regions_are_told_so():
    members = sorted(reference.region_codes_within("63"))
    assert "too_many_members" in queries.explain("TPA_REGIONAL", members).vetoes


def test_evidence_that_does_not_suffice_is_told_so():
    strict = MapSettings(min_coverage=1.0)
    assert "no_coverage" in queries.explain("KAD_BERAS", ["63.71", "63.72"], strict).vetoes


def test_a_route_with_a_long_detour_is_out_of_reach():
    found = queries.explain("PAKET_WISATA", ["51.71", "51.08", "35.10", "51.07"])
    assert "out_of_reach" in found.vetoes


def test_a_route_is_laid_so_that_it_is_a_path():
    found = queries.explain("PAKET_WISATA", ["51.71", "51.02", "51.03", "51.01"]).opportunity
    stops = [member.code for member in found.members]
    links = {frozenset((link.a, link.b)) for link in found.links}
    assert links == {frozenset(pair) for pair in itertools.pairwise(stops)}


def test_the_host_of_a_landfill_put_together_by_hand_costs_least_transport():
    found = queries.explain("TPA_REGIONAL", ["63.71", "63.72", "63.03", "63.01"]).opportunity
    assert found.members[0].code == "63.72"


@pytest.mark.parametrize(
    "code", ["TPA_REGIONAL", "DRAINASE_BANJIR_DAS", "STUNTING", "INFO_HARGA_STOK"]
)
def test_putting_a_group_of_the_map_together_by_hand_gives_its_score_again(code):
    computed = queries.computed_map(MapSettings(objects=(code,)))
    for row in computed.order[:5]:
        _, result, group, number = computed.group(int(row))
        scores = computed.scores[code]
        made = Composition(computed.ground, code, group.members, scores, computed.settings)
        assert made.vetoes() == ()
        if made.group.host == group.host:
            assert made.result.parts[0] == pytest.approx(result.parts[number], nan_ok=True)


def test_what_a_group_lacks_in_members_is_refused():
    with pytest.raises(SettingsError, match="too_few"):
        queries.explain("TPA_REGIONAL", [])
