"""What the one-call builders refuse, and what each puts into its token: an oracle beside reference.py.

`mint` takes a function of the C ABI and its arguments by their names in the header.
"""

import hashlib
import unicodedata

from reference import MAX_TEXT_SIZE, Refused, is_hex32, to_bytes

CHANNEL_CHARACTERS = set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%&()+-:;<=.>?@[]^_{}|~,")
TIMESTAMPS_BEGIN = 1_000_000_000
FPA_LIFETIME = 86_400
NO_ROLE = -1
PRIVILEGE_NAMES = (
    "join_channel_privilege_expire",
    "pub_audio_privilege_expire",
    "pub_video_privilege_expire",
    "pub_data_stream_privilege_expire",
)


# --- what an argument must be -----------------------------------------------------------------------


def refuse_unless(good, code):
    if not good:
        raise Refused(code)


def app_id(value):
    refuse_unless(is_hex32(to_bytes(value)), "INVALID_APP_ID")


def app_certificate(value):
    refuse_unless(is_hex32(to_bytes(value)), "INVALID_APP_CERTIFICATE")


def channel_name(value):
    name = to_bytes(value)
    refuse_unless(name.strip() and len(name) <= 63 and set(name) <= CHANNEL_CHARACTERS, "INVALID_CHANNEL_NAME")


def user(code):
    def check(value):
        refuse_unless(1 <= len(to_bytes(value)) <= 255 and value != "*", code)
        refuse_unless(not any(unicodedata.category(character) == "Cc" for character in to_bytes(value).decode()), code)

    return check


def any_number(_value):
    """Whatever the type of the argument holds."""


def role_006(value):
    refuse_unless(value in (0, 1, 2, 101), "INVALID_ROLE")


def role_007(value):
    refuse_unless(value in (1, 2), "INVALID_ROLE")


def token_expire(value):
    refuse_unless(value, "TOKEN_EXPIRE_ZERO")
    refuse_unless(value < TIMESTAMPS_BEGIN, "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP")


def privilege_expire(value):
    refuse_unless(value < TIMESTAMPS_BEGIN, "PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP")


def privilege_expired_ts(value):
    refuse_unless(value == 0 or value >= TIMESTAMPS_BEGIN, "PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION")


def permissions(value):
    resources = [to_bytes(text) for kinds in value.values() for texts in kinds.values() for text in texts]
    refuse_unless(all(len(resource) <= MAX_TEXT_SIZE for resource in resources), "INVALID_PERMISSIONS")


# --- what a builder puts into its token -------------------------------------------------------------


def user_text(args):
    return args["user_account"] if "uid" not in args else str(args["uid"] or "")


def service(number, name, privileges, **fields):
    return {"type": number, "name": name, "privileges": privileges} | fields


def four(join, audio, video, data):
    return {"1": join, "2": audio, "3": video, "4": data}


def rtc(args, account, privileges, publishes=True):
    kept = privileges if publishes else {"1": privileges["1"]}
    return service(1, "rtc", kept, channel_name=args["channel_name"], account=account)


def rtm(user_id, expire):
    return service(2, "rtm", {"1": expire}, user_id=user_id)


def chat(user_id, privilege, expire):
    return service(5, "chat", {privilege: expire}, user_id=user_id)


def apaas(privilege, expire, room_uuid="", user_uuid="", role=NO_ROLE):
    return service(7, "apaas", {privilege: expire}, room_uuid=room_uuid, user_uuid=user_uuid, role=role)


def by_role(args):
    return rtc(args, user_text(args), four(*[args["privilege_expire"]] * 4), args["role"] == 1)


def named_privileges(args):
    return four(*(args[name] for name in PRIVILEGE_NAMES))


def rtc_and_rtm2(args):
    return [
        rtc(args, args["rtc_account"], named_privileges(args), args["rtc_role"] == 1),
        rtm(args["rtm_user_id"], args["rtm_token_expire"]),
    ]


def room_user(args):
    expire, name = args["token_expire"], args["user_uuid"]
    digest = hashlib.md5(to_bytes(name), usedforsecurity=False).hexdigest()
    return [apaas("1", expire, args["room_uuid"], name, args["role"]), rtm(name, expire), chat(digest, "1", expire)]


def rtc_006(args):
    ts, keys = args["privilege_expired_ts"], "1" if args["role"] == 2 else "1234"
    return {"channel_name": args["channel_name"], "account": user_text(args), "privileges": dict.fromkeys(keys, ts)}


def rtm_006(args):
    return {"channel_name": args["user_account"], "account": "", "privileges": {"1000": args["privilege_expired_ts"]}}


# --- the functions ----------------------------------------------------------------------------------

IDS = {"app_id": app_id, "app_certificate": app_certificate}
CHANNEL = {"channel_name": channel_name}
UID = {"uid": any_number}
ACCOUNT = {"user_account": user("INVALID_USER_ACCOUNT")}
USER_ID = {"user_id": user("INVALID_USER_ID")}
USER_UUID = {"user_uuid": user("INVALID_USER_UUID")}
ROOM_USER = {"room_uuid": user("INVALID_ROOM_UUID")} | USER_UUID | {"role": any_number}
EXPIRE = {"token_expire": token_expire}
PRIVILEGE_EXPIRE = {"privilege_expire": privilege_expire}
PRIVILEGES = dict.fromkeys(PRIVILEGE_NAMES, privilege_expire)
ROLE = {"role": role_007}
EXPIRED_TS = {"role": role_006, "privilege_expired_ts": privilege_expired_ts}
RTC_AND_RTM2 = (
    CHANNEL
    | {"rtc_account": user("INVALID_USER_ACCOUNT"), "rtc_role": role_007, "rtc_token_expire": token_expire}
    | PRIVILEGES
    | {"rtm_user_id": user("INVALID_USER_ID"), "rtm_token_expire": token_expire}
)

# function: (arguments after the ids, services)
BUILDERS_007 = {
    "token2_with_uid": (CHANNEL | UID | ROLE | EXPIRE | PRIVILEGE_EXPIRE, lambda args: [by_role(args)]),
    "token2_with_user_account": (CHANNEL | ACCOUNT | ROLE | EXPIRE | PRIVILEGE_EXPIRE, lambda args: [by_role(args)]),
    "token2_with_uid_and_privilege": (
        CHANNEL | UID | EXPIRE | PRIVILEGES,
        lambda args: [rtc(args, user_text(args), named_privileges(args))],
    ),
    "token2_with_user_account_and_privilege": (
        CHANNEL | ACCOUNT | EXPIRE | PRIVILEGES,
        lambda args: [rtc(args, user_text(args), named_privileges(args))],
    ),
    "token2_with_rtm": (
        CHANNEL | ACCOUNT | ROLE | EXPIRE | PRIVILEGE_EXPIRE,
        lambda args: [by_role(args), rtm(args["user_account"], args["token_expire"])],
    ),
    "token2_with_rtm2": (RTC_AND_RTM2, rtc_and_rtm2),
    "rtm_token2": (USER_ID | EXPIRE, lambda args: [rtm(args["user_id"], args["token_expire"])]),
    "rtm_token2_with_permissions": (
        USER_ID | {"permissions": permissions} | EXPIRE,
        lambda args: [
            service(8, "rtm2", {"1": args["token_expire"]}, user_id=args["user_id"], permissions=args["permissions"])
        ],
    ),
    "chat_user_token2": (USER_ID | EXPIRE, lambda args: [chat(args["user_id"], "1", args["token_expire"])]),
    "chat_app_token2": (EXPIRE, lambda args: [chat("", "2", args["token_expire"])]),
    "fpa_token2": ({}, lambda args: [service(4, "fpa", {"1": 0})]),
    "convo_ai_token2": (RTC_AND_RTM2, lambda args: [*rtc_and_rtm2(args), service(9, "convoAi", {})]),
    "stt_token2": (RTC_AND_RTM2, lambda args: [*rtc_and_rtm2(args), service(10, "stt", {})]),
}
for face in ("apaas", "education"):
    BUILDERS_007 |= {
        f"{face}_room_user_token2": (ROOM_USER | EXPIRE, room_user),
        f"{face}_user_token2": (
            USER_UUID | EXPIRE,
            lambda args: [apaas("2", args["token_expire"], user_uuid=args["user_uuid"])],
        ),
        f"{face}_app_token2": (EXPIRE, lambda args: [apaas("3", args["token_expire"])]),
    }

BUILDERS_006 = {
    "token_with_uid": (CHANNEL | UID | EXPIRED_TS, rtc_006),
    "token_with_user_account": (CHANNEL | ACCOUNT | EXPIRED_TS, rtc_006),
    "rtm_token": (ACCOUNT | EXPIRED_TS, rtm_006),
}

PREFIX = "agora_build_"


def arguments(function):
    """The arguments of a function and the check of each, in the header's order."""
    name = function.removeprefix(PREFIX)
    return IDS | (BUILDERS_007.get(name) or BUILDERS_006[name])[0]


def mint(function, args):
    """What the token of a call holds, as far as the arguments decide it."""
    checks = arguments(function)
    if list(args) != list(checks):
        raise ValueError(f"{function} takes {list(checks)}, not {list(args)}")
    for name, check in checks.items():
        try:
            check(args[name])
        except Refused as refusal:
            raise Refused(refusal.code, name) from None
    name = function.removeprefix(PREFIX)
    if name in BUILDERS_006:
        return {"version": "006", "app_id": args["app_id"]} | BUILDERS_006[name][1](args)
    expire = args.get("token_expire", args.get("rtc_token_expire", FPA_LIFETIME))
    services = sorted(BUILDERS_007[name][1](args), key=lambda service: service["type"])
    return {"version": "007", "app_id": args["app_id"], "expire": expire, "services": services}
