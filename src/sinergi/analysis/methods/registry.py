"""The methods by name, as the command line offers them: roles of columns, options, and a run.

Example: ``METHODS["lq"].run(table, {"region": "kabkota", "sector": "lapangan", "value": "pdrb"})``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import runs_regions, runs_sectors
from sinergi.analysis.methods.reading import Role, read
from sinergi.analysis.methods.tables import Options

Run = Callable[[pl.DataFrame, Options], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a method; the kind of its default is the kind of its values."""

    name: str
    summary: str
    default: float | str | bool

    def value(self, given: object) -> float | str | bool:
        """Return `given` as the kind of value that the option takes.

        Raises
        ------
        InputError
            When it cannot be read as one.
        """
        if isinstance(self.default, bool):
            return given if isinstance(given, bool) else str(given).lower() in {"1", "true", "yes"}
        if isinstance(self.default, str):
            return "" if given is None else str(given)
        try:
            return float(str(given))
        except ValueError as cause:
            raise InputError(
                "“{given}” is not a number.", self.name, "Give a number.", given=given
            ) from cause


@dataclass(frozen=True, slots=True)
class Method:
    """A method on a long table."""

    name: str
    summary: str
    roles: tuple[Role, ...]
    compute: Run
    options: tuple[Option, ...] = ()
    other_roles: tuple[Role, ...] = ()
    """A second form of table that the method also takes."""
    other_compute: Run | None = None

    def run(
        self, table: pl.DataFrame, columns: Mapping[str, str], **options: object
    ) -> pl.DataFrame:
        """Run the method.

        Parameters
        ----------
        table
            A long table: one row per region, region × sector or pair (and period). Codes must be text.
        columns
            For each role the name of its column.
        **options
            Settings named in `options`.

        Returns
        -------
        pl.DataFrame
            A long table with columns named by role and result; missing numbers are null.

        Raises
        ------
        InputError
            On unknown columns, options, cells that are no numbers, or repeated rows; see `reading.read`.
        """
        chosen = self._settings(options)
        if self.other_compute and set(columns) & self._only_other():
            return self.other_compute(read(table, columns, self.other_roles), chosen)
        return self.compute(read(table, columns, self.roles), chosen)

    def _only_other(self) -> set[str]:
        return {role.name for role in self.other_roles} - {role.name for role in self.roles}

    def _settings(self, given: Mapping[str, object]) -> Options:
        known = {option.name: option for option in self.options}
        for name in given:
            if name not in known:
                raise InputError(
                    "The method has no option “{name}”.",
                    "{name}",
                    "It has: {options}.",
                    name=name,
                    options=", ".join(known) or "-",
                )
        return {
            name: option.value(given[name]) if name in given else option.default
            for name, option in known.items()
        }


REGION = Role("region", "Name or code of the region", "name", key=True)
SECTOR = Role("sector", "Name or code of the sector", "name", key=True)
FACILITY = Role("sector", "Kind of facility", "name", key=True)
PERIOD = Role("period", "Year or other period", "name", required=False, key=True)
TWO_PERIODS = Role("period", "Year; at least two are needed", "name", key=True)
VALUE = Role("value", "Output, exports or employment", "amount")
INCOME = Role("value", "Income or GRDP per head", "amount")
POPULATION = Role("population", "Number of people", "amount")
WEIGHT = Role("population", "Number of people, to weigh regions by", "amount", required=False)

ABSENT = Option(
    "absent_is_zero", "Count a combination without a row as zero, not as missing", False
)
REFERENCE = Option("reference", "Region whose rows are the reference; otherwise the sum", "")
START = Option("start", "First period; otherwise the earliest", "")
END = Option("end", "Last period; otherwise the latest", "")

_ALL = (
    Method(
        "lq",
        "Location quotient: what a region does more of than the reference",
        (REGION, SECTOR, VALUE, PERIOD),
        runs_sectors.lq,
        (REFERENCE, ABSENT),
    ),
    Method(
        "dlq",
        "Dynamic location quotient: what a region is gaining in",
        (REGION, SECTOR, VALUE, TWO_PERIODS),
        runs_sectors.dlq,
        (
            REFERENCE,
            START,
            END,
            Option("horizon", "Years to look ahead; 0: the years observed", 0.0),
            ABSENT,
        ),
    ),
    Method(
        "shift-share",
        "Shift-share: growth split into the nation's, the sector mix's and the region's own",
        (REGION, SECTOR, VALUE, TWO_PERIODS),
        runs_sectors.shift_share,
        (
            REFERENCE,
            START,
            END,
            Option("homothetic", "Split off the allocation part (Esteban-Marquillas)", False),
            ABSENT,
        ),
    ),
    Method(
        "klassen",
        "Klassen typology: level and growth in four quadrants",
        (
            REGION,
            INCOME,
            Role(
                "growth", "Growth in percent; otherwise from the periods", "number", required=False
            ),
            PERIOD,
            WEIGHT,
        ),
        runs_regions.klassen,
        (Option("reference", "Region to compare with; otherwise the mean", ""),),
    ),
    Method(
        "rca",
        "Revealed comparative advantage (Balassa)",
        (REGION, SECTOR, VALUE, PERIOD),
        runs_sectors.rca,
        (Option("symmetric", "Put the index between -1 and 1", False), ABSENT),
    ),
    Method(
        "eci",
        "Economic complexity of regions and sectors",
        (REGION, SECTOR, VALUE, PERIOD),
        runs_sectors.eci,
        (Option("threshold", "Advantage from which a region has a sector", 1.0), ABSENT),
    ),
    Method(
        "williamson",
        "Williamson index: population-weighted disparity",
        (REGION, INCOME, POPULATION, PERIOD),
        runs_regions.williamson,
    ),
    Method(
        "theil",
        "Theil index, between and within groups of regions",
        (
            REGION,
            INCOME,
            WEIGHT,
            Role("group", "Group of the region, such as its province", "name", required=False),
            PERIOD,
        ),
        runs_regions.theil,
    ),
    Method("gini", "Gini coefficient", (REGION, INCOME, WEIGHT, PERIOD), runs_regions.gini),
    Method(
        "gravity",
        "Gravity: interaction of places by size and distance",
        (
            REGION,
            POPULATION,
            Role("latitude", "Degrees north", "number"),
            Role("longitude", "Degrees east", "number"),
            PERIOD,
        ),
        runs_regions.gravity_of_places,
        (
            Option("k", "Constant of proportion", 1.0),
            Option("exponent", "Friction of distance", 2.0),
        ),
        (
            Role("origin", "First place of the pair", "name", key=True),
            Role("destination", "Second place of the pair", "name", key=True),
            Role("distance", "Distance or travel time of the pair", "amount"),
            Role("origin_population", "Size of the first place", "amount"),
            Role("destination_population", "Size of the second place", "amount"),
        ),
        runs_regions.gravity_of_pairs,
    ),
    Method(
        "scalogram",
        "Guttman scalogram and Marshall centrality: hierarchy of places",
        (REGION, FACILITY, Role("value", "Number of facilities", "amount"), PERIOD),
        runs_regions.hierarchy,
        (ABSENT,),
    ),
    Method(
        "food-balance",
        "Food balance: surplus or deficit, self-sufficiency in percent",
        (
            REGION,
            Role("production", "Production", "amount"),
            Role("need", "Need, in the unit of production", "amount"),
            Role("sector", "Commodity", "name", required=False, key=True),
            PERIOD,
        ),
        runs_regions.balance,
    ),
)

METHODS: Mapping[str, Method] = MappingProxyType({method.name: method for method in _ALL})
"""Every method by the name of its command."""
