"""The cases of valid.json for the two services that are newer than the comparison: ConvoAI (9) and STT (10)."""

import streams
from builders import PREFIX
from malformed_cases import APP_ID, CERTIFICATE, EXPIRE, ISSUE_TS, SALT, wrapped
from reference import SERVICES, pack_007

CHANNEL = "7d72365eb983485397e3e3f9d460bdda"
PACKAGE = "npm agora-token 2.0.6"
CHECKED = {"payload_identical": [PACKAGE], "parse_and_verify_ok": [PACKAGE]}
BUILDERS = {9: ("ConvoAITokenBuilder.buildToken", "convo_ai_token2"), 10: ("SttTokenBuilder.buildToken", "stt_token2")}


def service(number, privileges, **fields):
    return {"type": number, "name": SERVICES[number][0], "privileges": privileges} | fields


def case(name, comment, flags, services, builder=None):
    inputs = {
        "version": "007",
        "app_id": APP_ID,
        "app_certificate": CERTIFICATE,
        "issue_ts": ISSUE_TS,
        "salt": SALT,
        "expire": EXPIRE,
        "services": services,
    }
    payload, signature, signing_info = pack_007(inputs)
    return {
        "id": name,
        "comment": comment,
        "flags": flags,
        "origin": "generated",
        **inputs,
        **(builder or {}),
        "signing_info_hex": signing_info.hex(),
        "signature_hex": signature.hex(),
        "payload_hex": payload.hex(),
        "token": wrapped(streams.stored(payload)),
        "checked": CHECKED | ({"builder_agree": {"npm": [PACKAGE]}} if builder else {}),
    }


def built(number, role, privileges):
    args = {
        "channel_name": CHANNEL,
        "rtc_account": "erin",
        "rtc_role": role,
        "rtc_token_expire": EXPIRE,
        "join_channel_privilege_expire": 600,
        "pub_audio_privilege_expire": 700,
        "pub_video_privilege_expire": 800,
        "pub_data_stream_privilege_expire": 900,
        "rtm_user_id": "erin-rtm",
        "rtm_token_expire": 1800,
    }
    services = [
        service(1, privileges, channel_name=CHANNEL, account="erin"),
        service(2, {"1": 1800}, user_id="erin-rtm"),
        service(number, {}),
    ]
    official, ours = BUILDERS[number]
    return services, {
        "builder": {"function": official, "args": args},
        "one_call": {"functions": [PREFIX + ours], "args": args, "expect": "ok"},
    }


def cases():
    publisher, subscriber = {"1": 600, "2": 700, "3": 800, "4": 900}, {"1": 600}
    flags = ["NewerService"]
    return [
        case(
            "b_convo_ai_publisher", "RTC, RTM and a ConvoAI service without privileges.", flags, *built(9, 1, publisher)
        ),
        case("b_convo_ai_subscriber", "ConvoAI for a subscriber.", [*flags, "RoleRights"], *built(9, 2, subscriber)),
        case("b_stt_publisher", "RTC, RTM and an STT service without privileges.", flags, *built(10, 1, publisher)),
        case("b_stt_subscriber", "STT for a subscriber.", [*flags, "RoleRights"], *built(10, 2, subscriber)),
        case(
            "l_convo_ai_stt_privileges",
            "STT before ConvoAI, each with privileges that no builder sets.",
            [*flags, "ServiceOrder"],
            [service(10, {"2": 602, "1": 601}), service(9, {"1": 603})],
        ),
    ]
