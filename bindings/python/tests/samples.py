"""The public sample credentials, and every one-call builder with arguments that make a token."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import agora_token
from agora_token import access_token_006

APP_ID = "970CA35de60c44645bbae8a215061b33"
CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b"
OTHER_CERTIFICATE = "d5519a50c5f84baf8d21be1dd8ac43c8"

NOW = int(time.time())


@dataclass(frozen=True)
class Builder:
    """One one-call builder, by its name in the C ABI."""

    name: str
    call: Callable[..., str]
    arguments: dict[str, Any]
    """By their Python names, in order."""

    @property
    def keywords(self) -> dict[str, Any]:
        return {"app_id": APP_ID, "app_certificate": CERTIFICATE, **self.arguments}

    def python_name(self, field: str) -> str:
        """What an argument of the C ABI is called here."""
        official = {"user_account": "account", "token_expire": "expire"}.get(field, field)
        return official if official in self.arguments else field


_RTC = {"channel_name": "room", "uid": 42, "role": 1, "token_expire": 3600, "privilege_expire": 600}
_RTC_ACCOUNT = {"channel_name": "room", "account": "me", "role": 1, "token_expire": 3600, "privilege_expire": 600}
_FOUR = {
    "join_channel_privilege_expire": 1,
    "pub_audio_privilege_expire": 2,
    "pub_video_privilege_expire": 3,
    "pub_data_stream_privilege_expire": 4,
}
_RTC_AND_RTM = {
    "channel_name": "room",
    "rtc_account": "me",
    "rtc_role": 1,
    "rtc_token_expire": 3600,
    **_FOUR,
    "rtm_user_id": "me too",
    "rtm_token_expire": 600,
}
_CLASSROOM = {"room_uuid": "room", "user_uuid": "me", "role": 2, "expire": 3600}
_END = {"role": 1, "privilege_expired_ts": NOW + 600}


def _builders() -> list[Builder]:
    rtc, rtm = agora_token.RtcTokenBuilder, agora_token.RtmTokenBuilder
    chat, fpa = agora_token.ChatTokenBuilder, agora_token.FpaTokenBuilder
    rtc_006, rtm_006 = access_token_006.RtcTokenBuilder, access_token_006.RtmTokenBuilder
    users = {"channel_name": "room", "account": "me"}
    builders = [
        Builder("build_token_with_uid", rtc_006.build_token_with_uid, {"channel_name": "room", "uid": 42, **_END}),
        Builder("build_token_with_user_account", rtc_006.build_token_with_user_account, {**users, **_END}),
        Builder("build_rtm_token", rtm_006.build_token, {"user_account": "me", **_END}),
        Builder("build_token2_with_uid", rtc.build_token_with_uid, _RTC),
        Builder("build_token2_with_user_account", rtc.build_token_with_user_account, _RTC_ACCOUNT),
        Builder(
            "build_token2_with_uid_and_privilege",
            rtc.build_token_with_uid_and_privilege,
            {"channel_name": "room", "uid": 42, "token_expire": 3600, **_FOUR},
        ),
        Builder(
            "build_token2_with_user_account_and_privilege",
            rtc.build_token_with_user_account_and_privilege,
            {**users, "token_expire": 3600, **_FOUR},
        ),
        Builder("build_token2_with_rtm", rtc.build_token_with_rtm, _RTC_ACCOUNT),
        Builder("build_token2_with_rtm2", rtc.build_token_with_rtm2, _RTC_AND_RTM),
        Builder("build_rtm_token2", rtm.build_token, {"user_id": "me", "expire": 3600}),
        Builder(
            "build_rtm_token2_with_permissions",
            rtm.build_token_with_permissions,
            {"user_id": "me", "permissions": {0: {0: ["a"]}}, "expire": 3600},
        ),
        Builder("build_chat_user_token2", chat.build_user_token, {"user_id": "me", "expire": 3600}),
        Builder("build_chat_app_token2", chat.build_app_token, {"expire": 3600}),
        Builder("build_fpa_token2", fpa.build_token, {}),
        Builder("build_convo_ai_token2", agora_token.ConvoAITokenBuilder.build_token, _RTC_AND_RTM),
        Builder("build_stt_token2", agora_token.SttTokenBuilder.build_token, _RTC_AND_RTM),
    ]
    for name, classroom in (
        ("apaas", agora_token.ApaasTokenBuilder),
        ("education", agora_token.EducationTokenBuilder),
    ):
        user = {"user_uuid": "me", "expire": 3600}
        builders += [
            Builder(f"build_{name}_room_user_token2", classroom.build_room_user_token, _CLASSROOM),
            Builder(f"build_{name}_user_token2", classroom.build_user_token, user),
            Builder(f"build_{name}_app_token2", classroom.build_app_token, {"expire": 3600}),
        ]
    return builders


BUILDERS = {builder.name: builder for builder in _builders()}
