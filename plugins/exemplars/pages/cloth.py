"""Colours of fields on the dark cloth of the matrix. Pure."""

from plugins.tokens import own_tokens

CLOTH = own_tokens().light["cloth"]
_READABLE = 4.5


def lighten(color: str) -> str:
    """Return a colour (#rrggbb) mixed with as little white as makes it readable on the cloth (WCAG 2.2, 1.4.3)."""
    channels = _channels(color)
    ground = _luminance(_channels(CLOTH)) + 0.05
    for white in range(101):
        mixed = [round(channel + (255 - channel) * white / 100) for channel in channels]
        if (_luminance(mixed) + 0.05) / ground >= _READABLE:
            break
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(color: str) -> list[int]:
    return [int(color[place : place + 2], 16) for place in (1, 3, 5)]


def _luminance(channels: list[int]) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    parts = [channel / 255 for channel in channels]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
