"""Whole numbers in Indonesian words, as official documents write them. Pure functions."""

ONES = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
GROUPS = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)
LARGEST = 10**15


def in_words(number: int) -> str:
    """Return a whole number below 10¹⁵ in Indonesian words.

    Raises
    ------
    ValueError
        When it is negative or larger.

    Examples
    --------
    65000 is “enam puluh lima ribu”, 1998 “seribu sembilan ratus sembilan puluh delapan”.
    """
    if not 0 <= number < LARGEST:
        raise ValueError(number)
    if number < len(ONES):
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    size, name = next(one for one in GROUPS if number >= one[0])
    many, rest = divmod(number, size)
    head = f"se{name}" if many == 1 and size <= 1000 else f"{in_words(many)} {name}"
    return f"{head} {in_words(rest)}" if rest else head
