"""What the form beside the map offers: objects by affair, places, limits and weights."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.opportunities import messages
from sinergi.opportunities.settings import MOST_MEMBERS, PARTS, MapSettings
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Named


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a select."""

    code: str
    label: str
    selected: bool = False
    disabled: bool = False
    words: str = ""
    """What else it is looked for by, besides its label."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A select with its label for those who cannot see it."""

    name: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The selected options."""
        return tuple(option for option in self.options if option.selected)


@dataclass(frozen=True, slots=True)
class ObjectGroup:
    """The cooperation objects of one affair."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """One slider: how much a part of the score counts."""

    part: str
    label: str
    value: float
    """0-100, as in the address."""
    share: float
    """Its share after the four are scaled to add up to 1."""


@dataclass(frozen=True)
class MapForm:
    """The form as it stands under some settings, in the language of the page."""

    settings: MapSettings
    objects: tuple[ObjectGroup, ...]
    affairs: Choice
    provinces: Choice
    islands: Choice
    associations: Choice
    weights: tuple[Weight, ...]
    members: Choice
    each: Choice

    @property
    def filters(self) -> int:
        """How many filters besides object and weights are set."""
        usual, now = MapSettings(), self.settings
        return (
            len(now.affairs)
            + len(now.within)
            + len(now.regions)
            + ((now.members_min, now.members_max) != (usual.members_min, usual.members_max))
            + (now.population_min != usual.population_min)
            + (now.population_max is not None)
            + (now.max_km is not None)
            + (now.each != usual.each)
        )

    @property
    def weights_changed(self) -> bool:
        """Whether the weights are not the default ones."""
        return self.settings.weights != MapSettings().weights


def map_form(settings: MapSettings) -> MapForm:
    """Return the form under `settings`."""
    return MapForm(
        settings=settings,
        objects=_object_groups(settings),
        affairs=Choice("urusan", _options(_affairs_in_use(), settings.affairs)),
        provinces=Choice("dalam", _provinces(settings)),
        islands=Choice("dalam", _options(reference.islands(), settings.within)),
        associations=Choice("dalam", _options(reference.associations(), settings.within)),
        weights=_weights(settings),
        members=Choice("anggota", _spans(settings)),
        each=Choice("tiap", _each(settings)),
    )


def _label(thing: Named) -> str:
    return thing.name(get_language() or "id")


def _options(things: Iterable[Named], chosen: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(one.code, _label(one), one.code in chosen) for one in things)


def _affairs_in_use() -> list[Named]:
    """Return the affairs that have at least one object."""
    used = {item.affair for item in reference.catalogue().values()}
    return [affair for affair in reference.affairs().values() if affair.code in used]


def _object_groups(settings: MapSettings) -> tuple[ObjectGroup, ...]:
    """Return the objects by affair, by name; those without evidence last in theirs and not to be chosen."""
    affairs = reference.affairs()
    groups: dict[str, list[Option]] = {}
    for item in reference.catalogue().values():
        option = Option(
            item.code,
            _label(item),
            item.code in settings.objects,
            disabled=not item.computable,
            words=f"{item.name_id} {item.name_en} {item.need_words}",
        )
        groups.setdefault(item.affair, []).append(option)
    return tuple(
        ObjectGroup(
            _label(affairs[code]) if code in affairs else code,
            tuple(sorted(groups[code], key=lambda one: (one.disabled, one.label))),
        )
        for code in sorted(groups)
    )


def _provinces(settings: MapSettings) -> tuple[Option, ...]:
    table = reference.region_table()
    return tuple(
        Option(code, name, code in settings.within)
        for code, name, level in zip(table.codes, table.names, table.levels, strict=True)
        if level == "province"
    )


SPANS = ((2, MOST_MEMBERS), (2, 2), (3, 3), (2, 3), (2, 5), (3, 5), (6, MOST_MEMBERS))


def _spans(settings: MapSettings) -> tuple[Option, ...]:
    """Return the usual spans of group size, with the present one if it is none of them."""
    now = (settings.members_min, settings.members_max)
    spans = SPANS if now in SPANS else (*SPANS, now)
    return tuple(
        Option(f"{low}..{high}", str(low) if low == high else f"{low}–{high}", (low, high) == now)
        for low, high in spans
    )


def _each(settings: MapSettings) -> tuple[Option, ...]:
    """Return how many opportunities of one object may be listed; 0 stands for no limit."""
    usual = (1, 3, 10)
    known = (*usual, 0) if settings.each in (*usual, 0) else (*usual, settings.each, 0)
    return tuple(
        Option(str(most), str(most) if most else _("no limit"), most == settings.each)
        for most in known
    )


def _weights(settings: MapSettings) -> tuple[Weight, ...]:
    shares = settings.shares
    return tuple(
        Weight(part, messages.part_name(part), round(settings.weights[part] * 100, 1), shares[part])
        for part in PARTS
    )
