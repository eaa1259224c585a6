"""The C ABI through ctypes, each function as include/agora_token.h declares it."""

import ctypes
import re
from contextlib import contextmanager
from pathlib import Path

HEADER = Path(__file__).resolve().parents[2] / "include/agora_token.h"
SIGNATURE_SIZE = 32
NUMBERS = {
    "int16_t": ctypes.c_int16,
    "uint16_t": ctypes.c_uint16,
    "int32_t": ctypes.c_int32,
    "uint32_t": ctypes.c_uint32,
    "uint64_t": ctypes.c_uint64,
    "size_t": ctypes.c_size_t,
    "agora_status": ctypes.c_int32,
}


class Refused(Exception):
    """A call that did not give AGORA_OK; its text is the name of the status."""


def declarations(header):
    """The functions of the header: {name: [(parameter, type), ...]}, a type without const and blanks."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", header, flags=re.S)
    functions = {}
    for name, parameters in re.findall(r"^\w[\w *]*\b(agora_\w+)\(([^()]*)\);", text, flags=re.M):
        pairs = [re.fullmatch(r"(.*?)(\w+)", one.strip(), flags=re.S).groups() for one in parameters.split(",")]
        functions[name] = [(own, re.sub(r"\bconst\b|\s", "", kind)) for kind, own in pairs if kind]
    return functions


class Abi:
    """One loaded library."""

    def __init__(self, path):
        self.library = ctypes.CDLL(str(path))
        self.functions = declarations(HEADER.read_text(encoding="utf-8"))
        self.library.agora_status_name.restype = ctypes.c_char_p

    def call(self, name, *arguments):
        """Calls a function with its in-parameters and returns what it gives out: nothing, a value or a tuple."""
        remaining = list(arguments)
        passed, outs = [], []
        for parameter, kind in self.functions[name]:
            if parameter == "out_refusal":
                passed.append(None)
            elif parameter.startswith("out_"):
                outs.append(Out(self.library, kind))
                passed.append(outs[-1].pointer)
            else:
                passed.append(argument(kind, remaining.pop(0)))
        if remaining:
            raise TypeError(f"{name} takes no more than its {len(arguments) - len(remaining)} arguments")
        function = getattr(self.library, name)
        function.restype = ctypes.c_int32
        status = self.library.agora_status_name(function(*passed)).decode()
        if status != "OK":
            if any(out.is_set() for out in outs):
                raise RuntimeError(f"{name} gave both {status} and a result")
            raise Refused(status)
        values = tuple(out.take() for out in outs)
        return values[0] if len(values) == 1 else values

    @contextmanager
    def handle(self, family, *arguments, make="new"):
        """A handle from agora_<family>_<make>, freed at the end."""
        made = self.call(f"agora_{family}_{make}", *arguments)
        try:
            yield made
        finally:
            getattr(self.library, f"agora_{family}_free")(made)


def argument(kind, value):
    if kind == "char*":
        return ctypes.c_char_p(value.encode() if isinstance(value, str) else value)
    if kind in NUMBERS:
        number = NUMBERS[kind](value)
        if number.value != value:
            raise ValueError(f"{value} is no {kind}")
        return number
    return value


class Out:
    """An out-parameter: a string, a handle, a signature or a number."""

    def __init__(self, library, kind):
        self.library = library
        self.kind = kind
        if kind == "uint8_t*":
            self.room = ctypes.create_string_buffer(SIGNATURE_SIZE)
        else:
            self.room = NUMBERS.get(kind[:-1], ctypes.c_void_p)()
        self.pointer = self.room if kind == "uint8_t*" else ctypes.byref(self.room)

    def is_set(self):
        return bool(self.room.raw.strip(b"\0") if self.kind == "uint8_t*" else self.room.value)

    def take(self):
        if self.kind == "uint8_t*":
            return self.room.raw
        if self.kind == "char**":
            text = ctypes.string_at(self.room.value).decode()
            self.library.agora_string_free(self.room)
            return text
        return self.room if self.kind.endswith("**") else self.room.value
