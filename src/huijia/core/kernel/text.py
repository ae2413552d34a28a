"""How text from sheets and forms is brought to one shape before a rule looks at it.

Tables for `str.translate`: a million rows pass through here, and a table is the fastest way
Python has to replace and drop characters in one go.
"""

_FULL_WIDTH_OFFSET = 0xFEE0
_BLANKS = (
    "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u30fc"
_QUOTES = "'\"`\u2018\u2019\u201c\u201d\uff07\uff02\uff40"

HALF_WIDTH: dict[int, str | None] = {
    **{code + _FULL_WIDTH_OFFSET: chr(code) for code in range(0x21, 0x7F)},
    **dict.fromkeys(map(ord, _INVISIBLE)),
    0x3000: " ",
}
"""Full-width letters, digits and marks to plain ones; what cannot be seen is dropped."""

UPPER_TOKEN: dict[int, str | None] = {
    **{code: chr(code).upper() for code in range(ord("a"), ord("z") + 1)},
    **{code + _FULL_WIDTH_OFFSET: chr(code).upper() for code in range(0x21, 0x7F)},
    **dict.fromkeys(map(ord, _BLANKS + _INVISIBLE + _HYPHENS + _QUOTES)),
}
"""For numbers and codes: plain, upper-case, without blanks, hyphens and quotation marks."""


def half_width(text: str) -> str:
    """The text in plain width, without invisible characters and blanks at its ends."""
    return text.translate(HALF_WIDTH).strip()


def upper_token(text: str) -> str:
    """A number or code as it would be printed: `３３０２ 03…x` becomes `330203…X`."""
    return text.translate(UPPER_TOKEN)
