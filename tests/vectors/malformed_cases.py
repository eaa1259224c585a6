"""The cases of malformed.json that need no other implementation: made here, the same on every machine."""

import base64
import zlib

import streams
from reference import (
    MAX_PAYLOAD_SIZE,
    MAX_TEXT_SIZE,
    packed_map,
    packed_service,
    packed_text,
    sign_006,
    sign_007,
    u16,
    u32,
)

APP_ID = "970CA35de60c44645bbae8a215061b33"
CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b"
ISSUE_TS = 1_700_000_000
EXPIRE = 3600
SALT = 12_345_678
TS = ISSUE_TS + EXPIRE

RTC = {"type": 1, "privileges": {"1": 600, "2": 600}, "channel_name": "room", "account": "42"}
RTM = {"type": 2, "privileges": {"1": 600}, "user_id": "42"}


# --- parts of a token -------------------------------------------------------------------------------


def counted(*services):
    return u16(len(services)) + b"".join(services)


def info(services=None, app_id=APP_ID.encode(), issue_ts=ISSUE_TS, expire=EXPIRE):
    services = counted(packed_service(RTC)) if services is None else services
    return packed_text(app_id) + u32(issue_ts) + u32(expire) + u32(SALT) + services


def signature(signing_info, issue_ts=ISSUE_TS):
    return sign_007(CERTIFICATE.encode(), issue_ts, SALT, signing_info)


def signed(signing_info, issue_ts=ISSUE_TS):
    return packed_text(signature(signing_info, issue_ts)) + signing_info


def encoded(data):
    return base64.b64encode(data).decode()


def wrapped(stream):
    return "007" + encoded(stream)


def token(payload):
    return wrapped(streams.stored(payload))


def of(*services):
    """A signed token of packed services."""
    return token(signed(info(counted(*services))))


def padded(padding):
    """A good token whose base64 ends in so many padding signs."""
    for account in ("4", "42", "424"):
        text = of(packed_service(RTC | {"account": account}))
        if len(text) - len(text.rstrip("=")) == padding:
            return text
    raise AssertionError("three lengths give every padding")


def without_last(data, size):
    return data[:-size]


# --- cases ------------------------------------------------------------------------------------------


def refused(name, comment, flag, text, code, op="parse_verify_007", **given):
    return {
        "id": name,
        "comment": comment,
        "flags": [flag],
        "op": op,
        "token": text,
        **given,
        "expect": {"parse": code},
    }


def read(
    name, comment, flag, text, verify="ok", complete=True, unread=0, certificate=CERTIFICATE, now=None, at_now=None
):
    case = {
        "id": name,
        "comment": comment,
        "flags": [flag],
        "op": "parse_verify_007",
        "token": text,
        "app_certificate": certificate,
    }
    expect = {"parse": "ok", "verify": verify}
    if now is not None:
        case["now"], expect["at_now"] = now, at_now
    return case | {"expect": expect | {"complete": complete, "unread_bytes": unread}}


def versions():
    good = padded(0)
    for name, comment, text in (
        ("empty", "Nothing at all.", ""),
        ("two_chars", "Two characters.", "00"),
        (
            "version_split_character",
            "The third character takes two bytes, so that a cut after three bytes splits it.",
            "00é" + good[3:],
        ),
        ("version_other_digits", "Digits of another script.", "٠٠٧" + good[3:]),
        ("version_byte_order_mark", "A byte order mark before the version.", "\ufeff" + good),
        ("version_is_006", "A whole AccessToken handed to the reader of AccessToken2.", token_006()),
    ):
        yield refused(name, comment, "WrongVersion", text, "TOKEN_VERSION")
    yield refused("p6_empty", "006: nothing at all.", "WrongVersion", "", "TOKEN_VERSION", op="parse_006")
    yield refused(
        "p6_version_is_007",
        "A whole AccessToken2 handed to the reader of AccessToken.",
        "WrongVersion",
        good,
        "TOKEN_VERSION",
        op="parse_006",
    )


def base64_texts():
    good, one, two = padded(0), padded(1), padded(2)
    middle = len(good) // 2
    for name, comment, text in (
        ("b64_asterisk_inside", "A character outside the alphabet, inside.", good[:middle] + "*" + good[middle:]),
        ("b64_inner_space", "A space inside.", good[:middle] + " " + good[middle:]),
        ("b64_data_after_padding", "Text after the padding.", one + "AAAA"),
        ("b64_two_texts", "Two padded texts, one after the other.", two + one[3:]),
        ("b64_padding_only", "Padding and nothing else.", "007===="),
        ("b64_half_padding", "One padding sign where two belong.", two[:-1]),
        ("b64_too_much_padding", "Two padding signs where one belongs.", one + "="),
        ("b64_needless_padding", "Four padding signs where none belongs.", good + "===="),
        ("b64_carriage_return", "A line ending of two characters.", good + "\r\n"),
        ("b64_not_ascii", "A letter outside ASCII.", good[:middle] + "é" + good[middle:]),
    ):
        yield refused(name, comment, "LenientBase64", text, "TOKEN_BASE64")
    yield refused(
        "huge_base64",
        "A million characters that hold no stream.",
        "LargeContent",
        {"prefix": "007", "repeat": ["A", 1_000_000]},
        "TOKEN_COMPRESSION",
    )


def containers():
    payload = signed(info())
    good = streams.stored(payload)
    for name, comment, stream in (
        ("garbage_after_stream", "Bytes after the stream, which no signature covers.", good + b"garbage"),
        ("zero_byte_after_stream", "One zero byte after the stream.", good + b"\0"),
        ("second_stream_after_stream", "A second whole stream after the first.", good + good),
    ):
        yield refused(name, comment, "BytesAfterStream", wrapped(stream), "TOKEN_TRAILING_BYTES")
    body = good[2:]
    for name, comment, flag, stream in (
        (
            "zlib_preset_dictionary",
            "A stream that asks for a preset dictionary.",
            "WrongContainer",
            b"\x78\x20" + streams.adler(b"dictionary") + body,
        ),
        ("zlib_header_check_wrong", "The header's own check is wrong.", "DamagedStream", b"\x78\x02" + body),
        ("zlib_unknown_method", "A compression method that does not exist.", "WrongContainer", b"\x77\x09" + body),
        (
            "zlib_window_too_large",
            "A window of 64 kB, which the format does not have.",
            "DamagedStream",
            b"\x88\x1c" + body,
        ),
        ("zlib_reserved_block", "A block of the reserved kind.", "DamagedStream", streams.reserved_block()),
        (
            "zlib_stored_length_wrong",
            "A stored block whose two lengths disagree.",
            "DamagedStream",
            good[:5] + b"\0\0" + good[7:],
        ),
        (
            "zlib_distance_too_far",
            "A match that begins before the content.",
            "DamagedStream",
            streams.match_before_the_start(),
        ),
        (
            "zlib_no_last_block",
            "No block is the last one.",
            "DamagedStream",
            streams.HEADER + streams.stored_block(payload, last=False),
        ),
        ("zlib_header_only", "Two bytes of header.", "DamagedStream", streams.HEADER),
        ("gzip_stored", "A gzip frame around the payload.", "WrongContainer", streams.gzip(payload)),
        (
            "raw_stored_block",
            "Deflate without the zlib frame, not compressed.",
            "WrongContainer",
            streams.stored_blocks(payload),
        ),
        ("no_compression", "The payload itself, without a stream.", "WrongContainer", payload),
    ):
        yield refused(name, comment, flag, wrapped(stream), "TOKEN_COMPRESSION")
    for name, comment, stream in (
        ("zlib_stored", "Not compressed: stored blocks are as good as any.", good),
        ("zlib_many_blocks", "A block for every 7 bytes.", streams.stored(payload, size=7)),
        ("zlib_fixed_codes", "Fixed codes without a single match.", streams.fixed(payload)),
        ("zlib_smallest_window", "A window of 256 bytes.", streams.stored(payload, header=b"\x08\x1d")),
    ):
        yield read(name, comment, "AnyCompressor", wrapped(stream))


def sizes():
    payload = signed(info())
    zeros = MAX_PAYLOAD_SIZE - len(payload)
    yield read(
        "payload_at_cap",
        "Inflates to exactly 1048576 bytes; the zeros after the services were not signed.",
        "ZipBomb",
        wrapped(streams.fixed(payload, zeros)),
        verify="SIGNATURE_MISMATCH",
        unread=zeros,
    )
    yield refused(
        "payload_over_cap",
        "Inflates to 1048577 bytes.",
        "ZipBomb",
        wrapped(streams.fixed(payload, zeros + 1)),
        "TOKEN_TOO_LARGE",
    )


def truncations():
    whole = signed(info())
    rtc = packed_service(RTC)
    cut = {
        "empty_signature_length": ("One byte, half of a length.", b"\x20"),
        "signature": ("The signature ends early.", whole[:20]),
        "signature_length": ("A signature of 65535 bytes.", b"\xff\xff" + whole[2:]),
        "app_id": ("The App ID ends early.", whole[:40]),
        "issue_ts": ("The content ends inside the issue time.", whole[: 34 + 34 + 3]),
        "salt": ("The content ends inside the salt.", whole[: 34 + 34 + 11]),
        "service_count": ("The content ends before the number of services.", whole[: 34 + 34 + 12]),
        "service_type": ("One service counted, none present.", signed(info(u16(1)))),
        "services_one_too_many": ("Two services counted, one present.", signed(info(u16(2) + rtc))),
        "services_65535": ("65535 services counted, one present.", signed(info(u16(65_535) + rtc))),
        "privileges_65535": (
            "65535 privileges counted, two present.",
            signed(info(u16(1) + rtc[:2] + b"\xff\xff" + rtc[4:16])),
        ),
        "privilege_key": ("The content ends inside a privilege's number.", signed(info(u16(1) + rtc[:5]))),
        "privilege_value": ("The content ends inside a privilege's lifetime.", signed(info(u16(1) + rtc[:9]))),
        "text_length": ("An account of 65535 bytes, two present.", signed(info(u16(1) + rtc[:-4] + b"\xff\xff42"))),
        "app_id_length": ("An App ID of 65535 bytes.", signed(b"\xff\xff" + info()[2:])),
    }
    for name, (comment, payload) in cut.items():
        yield refused(f"truncated_{name}", comment, "Truncation", token(payload), "TOKEN_TRUNCATED")
    ends = {
        2: ("RTM", RTM, 1),
        3: ("Streaming", RTC | {"type": 3}, 3),
        5: ("Chat", RTM | {"type": 5}, 1),
        6: ("FCDN", RTC | {"type": 6}, 1),
        4: ("FPA", {"type": 4, "privileges": {"1": 0}}, 1),
        9: ("ConvoAI", {"type": 9, "privileges": {}}, 1),
        10: ("STT", {"type": 10, "privileges": {"1": 1}}, 4),
    }
    for number, (name, service, size) in sorted(ends.items()):
        yield refused(
            f"truncated_service_{number}",
            f"A {name} service without its end.",
            "Truncation",
            of(without_last(packed_service(service), size)),
            "TOKEN_TRUNCATED",
        )


def rtm2(permissions):
    return u16(8) + packed_map({"1": 600}, u32) + packed_text(b"42") + permissions


def permission(kind, *resources):
    return u16(kind) + counted(*(packed_text(resource) for resource in resources))


def rtm2_services():
    news = permission(0, b"news")
    cases = {
        "resource_type_missing": ("One resource type counted, none present.", u16(1)),
        "permission_count_missing": ("A resource type without its permissions.", u16(1) + u16(0)),
        "permissions_65535": ("65535 permissions counted, one present.", u16(1) + u16(0) + u16(65_535) + news),
        "resources_65535": (
            "65535 resources counted, one present.",
            u16(1) + u16(0) + u16(1) + u16(0) + u16(65_535) + packed_text(b"news"),
        ),
        "resource_cut": ("A resource ends early.", without_last(counted(u16(0) + counted(news)), 1)),
        "missing": ("An RTM2 service without permissions, not even their number.", b""),
    }
    for name, (comment, permissions) in cases.items():
        yield refused(f"truncated_rtm2_{name}", comment, "Truncation", of(rtm2(permissions)), "TOKEN_TRUNCATED")
    yield refused(
        "dup_rtm2_permission",
        "The same permission twice inside one resource type.",
        "DuplicateKey",
        of(rtm2(counted(u16(0) + counted(news, permission(0, b"more"))))),
        "TOKEN_DUPLICATE_KEY",
    )
    yield read(
        "rtm2_without_resources",
        "A permission with an empty list.",
        "EmptyContent",
        of(rtm2(counted(u16(0) + counted(permission(1))))),
    )
    yield read(
        "rtm2_without_permissions",
        "A resource type without permissions, which some official readers drop.",
        "EmptyContent",
        of(rtm2(counted(u16(3) + counted()))),
    )
    yield read(
        "rtm2_unsorted",
        "Resource and permission types in descending order.",
        "UnsortedKeys",
        of(rtm2(counted(u16(4) + counted(permission(1, b"b"), news), u16(1) + counted(news)))),
    )
    yield read(
        "rtm2_unknown_types",
        "Resource and permission types that nobody has named yet.",
        "UnknownNumber",
        of(rtm2(counted(u16(77) + counted(permission(9, b"news"))))),
    )


def services():
    rtc, rtm = packed_service(RTC), packed_service(RTM)
    unknown = u16(999) + packed_map({"1": 600, "7": 700}, u32)
    yield refused(
        "dup_privilege_in_second_service",
        "The same privilege twice in the second service.",
        "DuplicateKey",
        of(rtc, u16(2) + u16(2) + (u16(1) + u32(600)) * 2 + packed_text(b"42")),
        "TOKEN_DUPLICATE_KEY",
    )
    yield read(
        "same_privilege_in_two_services",
        "Two services of one type, each with privilege 1: nothing is repeated.",
        "UnsortedKeys",
        of(rtc, rtc),
    )
    yield read(
        "unknown_privilege",
        "A privilege that nobody has named yet, in a known service.",
        "UnknownNumber",
        of(packed_service(RTC | {"privileges": {"1": 600, "999": 700}})),
    )
    yield read(
        "trailing_bytes_signed",
        "Three bytes after the last service, signed.",
        "TrailingBytes",
        token(signed(info() + b"end")),
        unread=3,
    )
    yield read(
        "trailing_bytes_unsigned",
        "Three bytes after the last service, added after signing.",
        "TrailingBytes",
        token(signed(info()) + b"end"),
        verify="SIGNATURE_MISMATCH",
        unread=3,
    )
    yield read(
        "unknown_between",
        "An unknown service between two known ones hides the second.",
        "UnknownService",
        of(rtc, unknown, rtm),
        complete=False,
        unread=len(rtm),
    )
    yield read(
        "unknown_with_fields",
        "An unknown service of the largest type with a field after its privileges.",
        "UnknownService",
        of(rtc, u16(65_535) + packed_map({"1": 600}, u32) + packed_text(b"field")),
        complete=False,
        unread=7,
    )
    yield read(
        "unknown_before_known",
        "Types are sorted, so an unknown type 0 hides everything.",
        "UnknownService",
        of(u16(0) + packed_map({}, u32), rtc),
        complete=False,
        unread=len(rtc),
    )
    yield read(
        "unknown_type_only",
        "The content ends after an unknown type.",
        "UnknownService",
        of(rtc, u16(999)),
        complete=False,
    )


def signatures():
    good = info()
    other = "5CFd2fd1755d40ecb72977518be15d3c"
    for name, comment, sig in (
        ("sig_zeros", "32 zero bytes.", bytes(32)),
        ("sig_64", "The right signature twice.", signature(good) * 2),
    ):
        yield read(name, comment, "WrongSignature", token(packed_text(sig) + good), verify="SIGNATURE_MISMATCH")
    changed = info(expire=EXPIRE + 1)
    yield read(
        "expire_changed",
        "A longer lifetime after signing.",
        "WrongSignature",
        token(packed_text(signature(good)) + changed),
        verify="SIGNATURE_MISMATCH",
    )
    for name, comment, certificate in (
        ("other_certificate", "Another certificate.", other),
        ("certificate_upper_case", "The same digits in upper case: another certificate.", CERTIFICATE.upper()),
    ):
        yield read(
            name, comment, "WrongSignature", token(signed(good)), verify="SIGNATURE_MISMATCH", certificate=certificate
        )
    for name, comment, certificate in bad_ids(CERTIFICATE):
        yield read(
            f"cert_{name}",
            f"A certificate {comment}.",
            "BadCertificate",
            token(signed(good)),
            verify="INVALID_APP_CERTIFICATE",
            certificate=certificate,
        )
    for name, comment, app_id in (
        ("not_hex", "of 32 letters that are no digits", b"g" * 32),
        ("33", "of 33 digits", APP_ID.encode() + b"0"),
        ("with_spaces", "of 30 digits and two spaces", APP_ID[:30].encode() + b"  "),
        ("not_utf8", "of 32 bytes that are no text", b"\xff" * 32),
    ):
        yield read(
            f"appid_{name}",
            f"An App ID {comment}, signed.",
            "BadAppId",
            token(signed(info(app_id=app_id))),
            verify="TOKEN_APP_ID",
        )


def bad_ids(digits):
    return (
        ("empty", "of nothing", ""),
        ("trailing_newline", "of 32 digits and a newline", digits + "\n"),
        ("not_hex", "of 32 letters that are no digits", "z" * 32),
        ("full_width", "of 32 digits of another script", "１" * 32),
    )


def texts():
    for name, comment, data in (
        ("invalid_utf8_channel", "A channel that is no UTF-8.", b"room\xff\xfe"),
        ("overlong_utf8_channel", "A slash in two bytes, which UTF-8 forbids.", b"a\xc0\xafb"),
        ("surrogate_channel", "Half of a surrogate pair, which UTF-8 forbids.", b"\xed\xa0\x80"),
        ("nul_in_channel", "A NUL inside a channel.", b"a\0b"),
    ):
        service = u16(1) + packed_map(RTC["privileges"], u32) + packed_text(data) + packed_text(b"42")
        yield read(name, comment, "NotUtf8", of(service))


def times():
    long_ago, future = ISSUE_TS - 1_000_000, ISSUE_TS + 1_000_000
    good = token(signed(info()))
    yield read("within_its_life", "Neither too early nor too late.", "Time", good, now=ISSUE_TS + 60, at_now="ok")
    yield read("after_its_life", "Judged long after its end.", "Time", good, now=future, at_now="TOKEN_EXPIRED")
    yield read(
        "before_its_life",
        "Judged long before it was issued.",
        "Time",
        good,
        now=long_ago,
        at_now="TOKEN_ISSUED_IN_FUTURE",
    )
    yield read(
        "expire_zero",
        "A lifetime of 0 is over at once.",
        "Time",
        token(signed(info(expire=0))),
        now=ISSUE_TS + 60,
        at_now="TOKEN_EXPIRED",
    )


# --- 006 --------------------------------------------------------------------------------------------

CHANNEL, USER = b"room", b"42"
MESSAGE = u32(SALT) + u32(TS) + packed_map({"1": TS, "2": TS}, u32)


def crcs(channel=CHANNEL, user=USER):
    return u32(zlib.crc32(channel)) + u32(zlib.crc32(user))


def signature_006(message=MESSAGE, app_id=APP_ID, channel=CHANNEL, user=USER):
    return sign_006(CERTIFICATE.encode(), app_id.encode(), channel, user, message)


def content_006(message=MESSAGE, sig=None, crc=None):
    sig = signature_006(message) if sig is None else sig
    return packed_text(sig) + (crc or crcs()) + packed_text(message)


def token_006(content=None, app_id=APP_ID):
    return "006" + app_id + encoded(content_006() if content is None else content)


def read_006(name, comment, flag, text, verify="ok", channel="room", user="42", certificate=CERTIFICATE):
    return {
        "id": f"p6_{name}",
        "comment": f"006: {comment}",
        "flags": [flag],
        "op": "parse_verify_006",
        "token": text,
        "app_certificate": certificate,
        "channel_name": channel,
        "account": user,
        "expect": {"parse": "ok", "verify": verify},
    }


def refused_006():
    good, content = token_006(), content_006()
    middle = len(good) // 2
    salted = (token_006(content_006(u32(salt) + MESSAGE[4:])) for salt in range(1000))
    both_signs = next(text for text in salted if {"+", "/"} <= set(text))
    for name, comment, flag, text, code in (
        (
            "too_short_for_app_id",
            "one character less than version and App ID take.",
            "Truncation",
            good[:34],
            "TOKEN_TRUNCATED",
        ),
        ("app_id_only", "version and App ID and no content.", "Truncation", good[:35], "TOKEN_TRUNCATED"),
        (
            "app_id_split_character",
            "the App ID's last place is the first half of a character.",
            "LenientBase64",
            good[:34] + "é" + good[35:],
            "TOKEN_BASE64",
        ),
        (
            "urlsafe",
            "the URL-safe alphabet.",
            "LenientBase64",
            both_signs.replace("+", "-").replace("/", "_"),
            "TOKEN_BASE64",
        ),
        ("trailing_newline", "a newline at the end.", "LenientBase64", good + "\n", "TOKEN_BASE64"),
        ("inner_space", "a space inside.", "LenientBase64", good[:middle] + " " + good[middle:], "TOKEN_BASE64"),
        ("needless_padding", "padding where none belongs.", "LenientBase64", good + "==", "TOKEN_BASE64"),
        (
            "bytes_after_content",
            "bytes after the content, which no signature covers.",
            "TrailingBytes",
            token_006(content + b"end"),
            "TOKEN_TRAILING_BYTES",
        ),
        (
            "bytes_after_map",
            "bytes in the message after its privileges.",
            "TrailingBytes",
            token_006(content_006(MESSAGE + b"end")),
            "TOKEN_TRAILING_BYTES",
        ),
        (
            "dup_privilege",
            "the same privilege twice.",
            "DuplicateKey",
            token_006(content_006(u32(SALT) + u32(TS) + u16(2) + (u16(1) + u32(TS)) * 2)),
            "TOKEN_DUPLICATE_KEY",
        ),
        ("truncated_signature", "the signature ends early.", "Truncation", token_006(content[:20]), "TOKEN_TRUNCATED"),
        (
            "truncated_crc",
            "the content ends inside a CRC.",
            "Truncation",
            token_006(content[: 34 + 6]),
            "TOKEN_TRUNCATED",
        ),
        ("truncated_before_message", "no message.", "Truncation", token_006(content[: 34 + 8]), "TOKEN_TRUNCATED"),
        ("message_empty", "an empty message.", "Truncation", token_006(content_006(b"")), "TOKEN_TRUNCATED"),
        (
            "message_without_map",
            "a message of salt and time alone.",
            "Truncation",
            token_006(content_006(MESSAGE[:8])),
            "TOKEN_TRUNCATED",
        ),
        (
            "huge_base64",
            "a million characters after the content.",
            "LargeContent",
            {"prefix": good, "repeat": ["A", 1_000_000]},
            "TOKEN_TRAILING_BYTES",
        ),
    ):
        yield refused(f"p6_{name}", f"006: {comment}", flag, text, code, op="parse_006")


def verified_006():
    good = token_006()
    flipped = bytes([signature_006()[0] ^ 1]) + signature_006()[1:]
    descending = u32(SALT) + u32(TS) + u16(2) + u16(2) + u32(TS) + u16(1) + u32(TS)
    unknown = u32(SALT) + u32(TS) + packed_map({"1": TS, "999": TS}, u32)
    yield read_006("good", "a good token.", "Ordinary", good)
    yield read_006(
        "unsorted_privileges", "privileges in descending order.", "UnsortedKeys", token_006(content_006(descending))
    )
    yield read_006(
        "unknown_privilege", "a privilege that nobody has named yet.", "UnknownNumber", token_006(content_006(unknown))
    )
    yield read_006(
        "other_channel", "verified for another channel.", "WrongCrc", good, "CHANNEL_MISMATCH", channel="room2"
    )
    yield read_006("other_user", "verified for another user.", "WrongCrc", good, "USER_MISMATCH", user="43")
    yield read_006(
        "any_user_is_no_user",
        "a token for one user does not do for any user.",
        "WrongCrc",
        good,
        "USER_MISMATCH",
        user="",
    )
    yield read_006(
        "wrong_channel_crc",
        "a wrong CRC of the channel, which the signature does not cover.",
        "WrongCrc",
        token_006(content_006(crc=crcs(channel=b"room2"))),
        "CHANNEL_MISMATCH",
    )
    yield read_006(
        "wrong_user_crc",
        "a wrong CRC of the user, which the signature does not cover.",
        "WrongCrc",
        token_006(content_006(crc=crcs(user=b"43"))),
        "USER_MISMATCH",
    )
    for name, comment, sig in (
        ("sig_empty_right_crc", "an empty signature and nothing else wrong.", b""),
        ("sig_31", "the right signature without its last byte.", signature_006()[:31]),
        ("sig_bitflip", "one bit of the signature flipped.", flipped),
    ):
        yield read_006(name, comment, "WrongSignature", token_006(content_006(sig=sig)), "SIGNATURE_MISMATCH")
    yield read_006(
        "other_certificate",
        "another certificate.",
        "WrongSignature",
        good,
        "SIGNATURE_MISMATCH",
        certificate=CERTIFICATE[::-1],
    )
    for name, comment, certificate in bad_ids(CERTIFICATE):
        yield read_006(
            f"cert_{name}",
            f"a certificate {comment}.",
            "BadCertificate",
            good,
            "INVALID_APP_CERTIFICATE",
            certificate=certificate,
        )
    letters = "g" * 32
    yield read_006(
        "appid_not_hex",
        "an App ID of 32 letters that are no digits, signed.",
        "BadAppId",
        token_006(content_006(sig=signature_006(app_id=letters)), app_id=letters),
        "TOKEN_APP_ID",
    )
    yield read_006(
        "concatenation",
        'signed for channel "room" and user "42", its CRCs rewritten for "room4" and "2": the '
        "format cannot tell them apart.",
        "Concatenation",
        token_006(content_006(crc=crcs(b"room4", b"2"))),
        channel="room4",
        user="2",
    )


# --- building ---------------------------------------------------------------------------------------


def repeated(character, times):
    return {"repeat": [character, times]}


def build_007(name, comment, flag, services, error="ok", app_id=APP_ID, certificate=CERTIFICATE):
    return {
        "id": f"build_{name}",
        "comment": comment,
        "flags": [flag],
        "op": "build_007",
        "app_id": app_id,
        "app_certificate": certificate,
        "issue_ts": ISSUE_TS,
        "salt": SALT,
        "expire": EXPIRE,
        "services": services,
        "expect": {"error": error},
    }


def build_006(name, comment, flag, error="ok", app_id=APP_ID, certificate=CERTIFICATE, channel="room", user="42"):
    return {
        "id": f"build6_{name}",
        "comment": comment,
        "flags": [flag],
        "op": "build_006",
        "app_id": app_id,
        "app_certificate": certificate,
        "channel_name": channel,
        "account": user,
        "salt": SALT,
        "ts": TS,
        "privileges": {"1": TS},
        "expect": {"error": error},
    }


def builds():
    for name, comment, value in bad_ids(APP_ID):
        if name not in ("empty", "not_hex"):
            yield build_007(f"appid_{name}", f"An App ID {comment}.", "BadAppId", [RTC], "INVALID_APP_ID", app_id=value)
            yield build_006(f"appid_{name}", f"006: an App ID {comment}.", "BadAppId", "INVALID_APP_ID", app_id=value)
        yield build_007(
            f"cert_{name}",
            f"A certificate {comment}.",
            "BadCertificate",
            [RTC],
            "INVALID_APP_CERTIFICATE",
            certificate=value,
        )
        if name != "empty":
            yield build_006(
                f"cert_{name}",
                f"006: a certificate {comment}.",
                "BadCertificate",
                "INVALID_APP_CERTIFICATE",
                certificate=value,
            )
    long_texts = (
        ("rtc_channel", "channel_name", "INVALID_CHANNEL_NAME", RTC),
        ("rtc_account", "account", "INVALID_USER_ACCOUNT", RTC),
        ("streaming_channel", "channel_name", "INVALID_CHANNEL_NAME", RTC | {"type": 3}),
        ("streaming_account", "account", "INVALID_USER_ACCOUNT", RTC | {"type": 3}),
        ("fcdn_channel", "channel_name", "INVALID_CHANNEL_NAME", RTC | {"type": 6}),
        ("fcdn_account", "account", "INVALID_USER_ACCOUNT", RTC | {"type": 6}),
        ("rtm_user", "user_id", "INVALID_USER_ID", RTM),
        ("chat_user", "user_id", "INVALID_USER_ID", RTM | {"type": 5}),
        ("rtm2_user", "user_id", "INVALID_USER_ID", RTM | {"type": 8, "permissions": {}}),
        ("apaas_room", "room_uuid", "INVALID_ROOM_UUID", apaas()),
        ("apaas_user", "user_uuid", "INVALID_USER_UUID", apaas()),
    )
    for name, field, code, service in long_texts:
        yield build_007(
            f"{name}_65535",
            "The longest text that the format carries.",
            "TextTooLong",
            [service | {field: repeated("t", MAX_TEXT_SIZE)}],
        )
        yield build_007(
            f"{name}_65536",
            "One byte more than the format carries.",
            "TextTooLong",
            [service | {field: repeated("t", MAX_TEXT_SIZE + 1)}],
            code,
        )
    for size, code in ((MAX_TEXT_SIZE, "ok"), (MAX_TEXT_SIZE + 1, "INVALID_PERMISSIONS")):
        yield build_007(
            f"rtm2_resource_{size}",
            f"A resource of {size} bytes.",
            "TextTooLong",
            [RTM | {"type": 8, "permissions": {"0": {"0": [repeated("t", size)]}}}],
            code,
        )
    yield build_007(
        "payload_too_large",
        "Seventeen resources of 65535 bytes: more than 1048576 bytes in all.",
        "PayloadTooLarge",
        [RTM | {"type": 8, "permissions": {"0": {"0": [repeated("t", MAX_TEXT_SIZE)] * 17}}}],
        "PAYLOAD_TOO_LARGE",
    )
    yield build_007(
        "bytes_not_utf8",
        "A channel that is no UTF-8, which the mechanism carries.",
        "NotUtf8",
        [RTC | {"channel_name": {"hex": "726f6f6dff"}}],
    )
    yield build_007(
        "nul_in_channel",
        "A NUL inside a channel, which the mechanism carries.",
        "NotUtf8",
        [RTC | {"channel_name": "a\0b"}],
    )
    yield build_006(
        "long_channel",
        "006: a channel and a user of 65535 bytes.",
        "LargeContent",
        channel=repeated("c", MAX_TEXT_SIZE),
        user=repeated("u", MAX_TEXT_SIZE),
    )


def apaas():
    return {"type": 7, "privileges": {"1": 600}, "room_uuid": "room", "user_uuid": "42", "role": -1}


def cases():
    groups = (
        versions,
        base64_texts,
        containers,
        sizes,
        truncations,
        rtm2_services,
        services,
        signatures,
        texts,
        times,
        refused_006,
        verified_006,
        builds,
    )
    return [case for group in groups for case in group()]
