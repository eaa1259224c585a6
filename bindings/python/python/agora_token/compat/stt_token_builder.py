"""Speech-to-text tokens of AccessToken2 (007) by their official Python names."""

from ._build import rtc_service as _rtc_service
from ._build import rtm_service as _rtm_service
from ._build import token_of as _token_of
from .AccessToken2 import *
from .RtcTokenBuilder2 import Role_Publisher as Role_Publisher


class SttTokenBuilder:
    """Gives '' when anything is wrong."""

    @staticmethod
    def build_token(
        app_id: str,
        app_certificate: str,
        channel_name: str,
        rtc_account: str,
        rtc_role: int,
        rtc_token_expire: int,
        join_channel_privilege_expire: int,
        pub_audio_privilege_expire: int,
        pub_video_privilege_expire: int,
        pub_data_stream_privilege_expire: int,
        rtm_user_id: str,
        rtm_token_expire: int,
    ) -> str:
        rtc = _rtc_service(
            channel_name,
            rtc_account,
            rtc_role,
            join_channel_privilege_expire,
            pub_audio_privilege_expire,
            pub_video_privilege_expire,
            pub_data_stream_privilege_expire,
        )
        rtm = _rtm_service(rtm_user_id, rtm_token_expire)
        return _token_of(app_id, app_certificate, rtc_token_expire, rtc, rtm, ServiceStt())
