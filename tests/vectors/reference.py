"""A strict reader and a packer of both token formats, to hold the vectors against.

It is written from the wire format alone and shares nothing with the library, so that an error would have
to be made twice to go unseen. Standard library only; slow and plain on purpose.
"""

import base64
import hashlib
import hmac
import re
import struct
import zlib

MAX_PAYLOAD_SIZE = 1_048_576
MAX_TEXT_SIZE = 65_535

# type: (name, fields after the privileges)
SERVICES = {
    1: ("rtc", ("channel_name", "account")),
    2: ("rtm", ("user_id",)),
    3: ("streaming", ("channel_name", "account")),
    4: ("fpa", ()),
    5: ("chat", ("user_id",)),
    6: ("fcdn", ("channel_name", "account")),
    7: ("apaas", ("room_uuid", "user_uuid", "role")),
    8: ("rtm2", ("user_id", "permissions")),
    9: ("convoAi", ()),
    10: ("stt", ()),
}

TOO_LONG = {
    "channel_name": "INVALID_CHANNEL_NAME",
    "account": "INVALID_USER_ACCOUNT",
    "user_id": "INVALID_USER_ID",
    "room_uuid": "INVALID_ROOM_UUID",
    "user_uuid": "INVALID_USER_UUID",
    "permissions": "INVALID_PERMISSIONS",
}


class Refused(Exception):
    """Carries the code that a runner must see, and for a builder the argument at fault."""

    def __init__(self, code, field=None):
        super().__init__(code)
        self.code = code
        self.field = field


def to_bytes(text):
    """The bytes of a text as the vectors write it: a string, or one of the two recipes of the README."""
    if isinstance(text, str):
        return text.encode()
    if "hex" in text:
        return bytes.fromhex(text["hex"])
    unit, times = text["repeat"]
    return text.get("prefix", "").encode() + unit.encode() * times


def to_text(data):
    """The shortest way the vectors have of writing these bytes."""
    if len(data) > 1000 and len(set(data)) == 1 and data[0] < 0x80:
        return {"repeat": [chr(data[0]), len(data)]}
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"hex": data.hex()}


def is_hex32(data):
    return re.fullmatch(rb"[0-9A-Fa-f]{32}", data) is not None


# --- signatures -------------------------------------------------------------------------------------


def hmac_sha256(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def sign_007(certificate, issue_ts, salt, signing_info):
    """The numbers are the keys and the certificate is the message: the format has it that way round."""
    key = hmac_sha256(struct.pack("<I", issue_ts), certificate)
    key = hmac_sha256(struct.pack("<I", salt), key)
    return hmac_sha256(key, signing_info)


def sign_006(certificate, app_id, channel_name, account, message):
    return hmac_sha256(certificate, app_id + channel_name + account + message)


# --- packing ----------------------------------------------------------------------------------------


def u16(number):
    return struct.pack("<H", number)


def u32(number):
    return struct.pack("<I", number)


def packed_text(data):
    return u16(len(data)) + data


def packed_map(entries, value):
    ordered = sorted((int(key), item) for key, item in entries.items())
    return u16(len(ordered)) + b"".join(u16(key) + value(item) for key, item in ordered)


def packed_list(items):
    return u16(len(items)) + b"".join(packed_text(to_bytes(item)) for item in items)


def packed_field(name, value):
    if name == "role":
        return struct.pack("<h", value)
    if name == "permissions":
        resources = [to_bytes(text) for kinds in value.values() for texts in kinds.values() for text in texts]
        if any(len(resource) > MAX_TEXT_SIZE for resource in resources):
            raise Refused(TOO_LONG[name])
        return packed_map(value, lambda kinds: packed_map(kinds, packed_list))
    data = to_bytes(value)
    if len(data) > MAX_TEXT_SIZE:
        raise Refused(TOO_LONG[name])
    return packed_text(data)


def packed_service(service):
    fields = SERVICES[service["type"]][1]
    head = u16(service["type"]) + packed_map(service["privileges"], u32)
    return head + b"".join(packed_field(name, service[name]) for name in fields)


def check_ids(app_id, certificate):
    if not is_hex32(app_id):
        raise Refused("INVALID_APP_ID")
    if not is_hex32(certificate):
        raise Refused("INVALID_APP_CERTIFICATE")


def pack_007(case):
    """(payload, signature, signing info) of a case's inputs."""
    app_id, certificate = to_bytes(case["app_id"]), to_bytes(case["app_certificate"])
    check_ids(app_id, certificate)
    if not case["services"]:
        raise Refused("NO_SERVICES")
    services = sorted(case["services"], key=lambda service: service["type"])  # stable
    info = packed_text(app_id) + u32(case["issue_ts"]) + u32(case["expire"]) + u32(case["salt"])
    info += u16(len(services)) + b"".join(packed_service(service) for service in services)
    signature = sign_007(certificate, case["issue_ts"], case["salt"], info)
    payload = packed_text(signature) + info
    if len(payload) > MAX_PAYLOAD_SIZE:
        raise Refused("PAYLOAD_TOO_LARGE")
    return payload, signature, info


def pack_006(case):
    """(content after the App ID, signature, message) of a case's inputs."""
    app_id, certificate = to_bytes(case["app_id"]), to_bytes(case["app_certificate"])
    channel_name, account = to_bytes(case["channel_name"]), to_bytes(case["account"])
    check_ids(app_id, certificate)
    message = u32(case["salt"]) + u32(case["ts"]) + packed_map(case["privileges"], u32)
    signature = sign_006(certificate, app_id, channel_name, account, message)
    crcs = u32(zlib.crc32(channel_name)) + u32(zlib.crc32(account))
    return packed_text(signature) + crcs + packed_text(message), signature, message


# --- reading ----------------------------------------------------------------------------------------


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, size):
        if size > self.left():
            raise Refused("TOKEN_TRUNCATED")
        self.at += size
        return self.data[self.at - size : self.at]

    def left(self):
        return len(self.data) - self.at

    def number(self, code):
        return struct.unpack("<" + code, self.take(struct.calcsize(code)))[0]

    def u16(self):
        return self.number("H")

    def u32(self):
        return self.number("I")

    def text(self):
        return self.take(self.u16())

    def map(self, value):
        entries = {}
        for _ in range(self.u16()):
            key = str(self.u16())
            if key in entries:
                raise Refused("TOKEN_DUPLICATE_KEY")
            entries[key] = value()
        return entries

    def list(self):
        return [to_text(self.text()) for _ in range(self.u16())]

    def field(self, name):
        if name == "role":
            return self.number("h")
        if name == "permissions":
            return self.map(lambda: self.map(self.list))
        return to_text(self.text())


def decoded_base64(data):
    """Standard alphabet, canonical padding, zero trailing bits: exactly what encoding would give back."""
    try:
        decoded = base64.b64decode(data, validate=True)
    except ValueError:
        raise Refused("TOKEN_BASE64") from None
    if base64.b64encode(decoded) != data:
        raise Refused("TOKEN_BASE64")
    return decoded


def inflated(data):
    """The content of exactly one whole zlib stream."""
    stream = zlib.decompressobj()
    try:
        content = stream.decompress(data, MAX_PAYLOAD_SIZE + 1)
    except zlib.error:
        raise Refused("TOKEN_COMPRESSION") from None
    if len(content) > MAX_PAYLOAD_SIZE:
        raise Refused("TOKEN_TOO_LARGE")
    if not stream.eof:
        raise Refused("TOKEN_COMPRESSION")
    if stream.unused_data:
        raise Refused("TOKEN_TRAILING_BYTES")
    return content


def unknown_privileges(reader):
    """An unknown service most likely starts with its privileges; when it does not, they stay unread."""
    start = reader.at
    try:
        return reader.map(reader.u32)
    except Refused:
        reader.at = start
        return {}


def read_007(text):
    data = to_bytes(text)
    if data[:3] != b"007":
        raise Refused("TOKEN_VERSION")
    payload = inflated(decoded_base64(data[3:]))
    reader = Reader(payload)
    signature = reader.text()
    signing_info = payload[reader.at :]
    app_id = reader.text()
    issue_ts, expire, salt = reader.u32(), reader.u32(), reader.u32()
    services, complete = [], True
    for _ in range(reader.u16()):
        number = reader.u16()
        if number not in SERVICES:
            services.append({"type": number, "name": "unknown", "privileges": unknown_privileges(reader)})
            complete = False
            break
        name, fields = SERVICES[number]
        service = {"type": number, "name": name, "privileges": reader.map(reader.u32)}
        service.update((field, reader.field(field)) for field in fields)
        services.append(service)
    return {
        "app_id": app_id,
        "issue_ts": issue_ts,
        "expire": expire,
        "salt": salt,
        "services": services,
        "complete": complete,
        "unread_bytes": reader.left(),
        "signature": signature,
        "signing_info": signing_info,
        "payload": payload,
    }


def read_006(text):
    data = to_bytes(text)
    if data[:3] != b"006":
        raise Refused("TOKEN_VERSION")
    if len(data) < 3 + 32:
        raise Refused("TOKEN_TRUNCATED")
    payload = decoded_base64(data[35:])
    content = Reader(payload)
    signature, crc_channel_name, crc_uid, message = content.text(), content.u32(), content.u32(), content.text()
    inner = Reader(message)
    salt, ts, privileges = inner.u32(), inner.u32(), inner.map(inner.u32)
    if content.left() or inner.left():
        raise Refused("TOKEN_TRAILING_BYTES")
    return {
        "app_id": data[3:35],
        "salt": salt,
        "ts": ts,
        "privileges": privileges,
        "crc_channel_name": crc_channel_name,
        "crc_uid": crc_uid,
        "signature": signature,
        "message": message,
        "payload": payload,
    }


# --- verifying --------------------------------------------------------------------------------------


def check_verifiable(token, certificate):
    if not is_hex32(certificate):
        raise Refused("INVALID_APP_CERTIFICATE")
    if not is_hex32(token["app_id"]):
        raise Refused("TOKEN_APP_ID")


def check_signature(token, expected):
    if not hmac.compare_digest(token["signature"], expected):
        raise Refused("SIGNATURE_MISMATCH")


def verify_007(token, certificate):
    certificate = to_bytes(certificate)
    check_verifiable(token, certificate)
    check_signature(token, sign_007(certificate, token["issue_ts"], token["salt"], token["signing_info"]))


def verify_006(token, certificate, channel_name, account):
    certificate, channel_name, account = to_bytes(certificate), to_bytes(channel_name), to_bytes(account)
    check_verifiable(token, certificate)
    if token["crc_channel_name"] != zlib.crc32(channel_name):
        raise Refused("CHANNEL_MISMATCH")
    if token["crc_uid"] != zlib.crc32(account):
        raise Refused("USER_MISMATCH")
    check_signature(token, sign_006(certificate, token["app_id"], channel_name, account, token["message"]))


def check_time_007(token, now):
    """Never part of the signature check. Sums need more than 32 bits."""
    if token["issue_ts"] > now:
        raise Refused("TOKEN_ISSUED_IN_FUTURE")
    if token["issue_ts"] + token["expire"] <= now:
        raise Refused("TOKEN_EXPIRED")
