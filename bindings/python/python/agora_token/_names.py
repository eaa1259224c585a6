"""The base of the enums whose members are stable names."""

from enum import Enum


class Name(str, Enum):
    """A member is a str: it equals, and is shown as, its name."""

    def __new__(cls, value: str) -> "Name":
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    def __str__(self) -> str:
        return str(self.value)
