r"""Writes quantities as `siunitx` prints them: `\SI{10}{\kilo\metre\per\hour}` is 10 km/h."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

NUMBERS = frozenset("num ang".split())
"""Commands that take a number."""
UNITS = frozenset("si unit".split())
"""Commands that take a unit."""
QUANTITIES = frozenset("SI qty".split())
"""Commands that take a number and its unit."""

_PREFIXES = MappingProxyType(
    dict(
        zip(
            "femto pico nano micro milli centi deci hecto kilo mega giga tera peta exa".split(),
            "f p n μ m c d h k M G T P E".split(),
            strict=True,
        )
    )
)
_SIGNS = MappingProxyType(
    dict(
        pair.split("=")
        for pair in (
            "meter=m metre=m second=s gram=g kilogram=kg ampere=A kelvin=K mole=mol candela=cd"
            " hertz=Hz newton=N pascal=Pa joule=J watt=W coulomb=C volt=V farad=F ohm=Ω siemens=S"
            " weber=Wb tesla=T henry=H lumen=lm lux=lx becquerel=Bq gray=Gy sievert=Sv celsius=°C"
            " degreeCelsius=°C degree=° arcminute=′ arcsecond=″ percent=% pct=% minute=min hour=h"
            " day=d liter=L litre=L tonne=t hectare=ha electronvolt=eV bel=B decibel=dB bit=bit"
            " byte=B radian=rad steradian=sr astronomicalunit=au us=μs um=μm uA=μA uW=μW uL=μL"
            " ug=μg"
        ).split()
    )
)
_POWERS = MappingProxyType({"squared": "2", "cubed": "3", "square": "2", "cubic": "3"})
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_TOKEN = re.compile(r"\\([A-Za-z]+)|\^\{?([-+]?\d+)\}?|([^\\^{}~.\s]+)")
_NUMBER = re.compile(r"([-+]?[\d., ]*)[eE]([-+]?\d+)\Z")
_UNSPACED = frozenset("°′″")


def number(typed: str) -> str:
    r"""A number as it is printed.

    >>> number("1.5e-3"), number("e6"), number("10 +- 2")
    ('1.5×10⁻³', '10⁶', '10 ± 2')
    """
    typed = " ".join(typed.replace("\\pm", " ± ").replace("+-", "±").split())
    power = _NUMBER.fullmatch(typed)
    if not power:
        return typed.replace("-", "−") if typed[:1] == "-" else typed
    times = power[1].strip() + "×" if power[1].strip() else ""
    return f"{times}10{power[2].lstrip('+').translate(_RAISED)}"


def unit(typed: str) -> str:
    r"""A unit as it is printed.

    >>> unit(r"\kilo\metre\per\hour"), unit(r"\milli\watt\per\cm\squared"), unit("kg.m/s^2")
    ('km/h', 'mW/cm²', 'kg m/s²')
    """
    parts: list[str] = []
    prefix, power, slash = "", "", False
    for kind, text in _tokens(typed):
        if kind == "power":
            if parts:
                parts[-1] += text.translate(_RAISED)
        elif text in ("square", "cubic"):
            power = _POWERS[text]
        elif text in _POWERS:
            if parts:
                parts[-1] += _POWERS[text].translate(_RAISED)
        elif text in _PREFIXES:
            prefix += _PREFIXES[text]
        elif text == "per":
            slash = True
        elif text not in ("of", "tothe", "raiseto"):
            sign = _SIGNS.get(text, text) if kind == "name" else text
            glued = slash or not parts or parts[-1].endswith("/")
            gap = "/" if slash else "" if glued else " "
            parts.append(f"{gap}{prefix}{sign}{power.translate(_RAISED)}")
            prefix, power, slash = "", "", False
    return "".join(parts)


def quantity(typed: str, of: str) -> str:
    r"""A number and its unit.

    >>> quantity("45", r"\degree"), quantity("5", r"\pct")
    ('45°', '5%')
    """
    sign = unit(of)
    unspaced = sign == "%" or (sign[:1] in _UNSPACED and "C" not in sign)
    return number(typed) + ("" if unspaced or not sign else "\u00a0") + sign


def printed(name: str, *arguments: str) -> str:
    """What a command of `siunitx` prints."""
    if name in QUANTITIES:
        return quantity(*arguments)
    if name in UNITS:
        return unit(*arguments)
    return number(*arguments) + ("°" if name == "ang" else "")


def _tokens(typed: str) -> Iterator[tuple[str, str]]:
    for token in _TOKEN.finditer(typed):
        if token[1]:
            yield "name", token[1]
        elif token[2]:
            yield "power", token[2]
        else:
            yield "typed", token[3]
