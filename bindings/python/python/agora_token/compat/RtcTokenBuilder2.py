"""RTC tokens of AccessToken2 (007) by their official Python names."""

from ._build import rtc_service as _rtc_service
from ._build import rtm_service as _rtm_service
from ._build import token_of as _token_of
from .AccessToken2 import *

Role_Publisher = 1
Role_Subscriber = 2


class RtcTokenBuilder:
    """Every function gives '' when anything is wrong. Any role but Role_Publisher only joins."""

    @staticmethod
    def build_token_with_uid(
        app_id: str,
        app_certificate: str,
        channel_name: str,
        uid: int | str,
        role: int,
        token_expire: int,
        privilege_expire: int = 0,
    ) -> str:
        service = _rtc_service(channel_name, uid, role, *[privilege_expire] * 4)
        return _token_of(app_id, app_certificate, token_expire, service)

    @staticmethod
    def build_token_with_user_account(
        app_id: str,
        app_certificate: str,
        channel_name: str,
        account: str,
        role: int,
        token_expire: int,
        privilege_expire: int = 0,
    ) -> str:
        service = _rtc_service(channel_name, account, role, *[privilege_expire] * 4)
        return _token_of(app_id, app_certificate, token_expire, service)

    @staticmethod
    def build_token_with_uid_and_privilege(
        app_id: str,
        app_certificate: str,
        channel_name: str,
        uid: int | str,
        token_expire: int,
        join_channel_privilege_expire: int,
        pub_audio_privilege_expire: int,
        pub_video_privilege_expire: int,
        pub_data_stream_privilege_expire: int,
    ) -> str:
        service = _rtc_service(
            channel_name,
            uid,
            Role_Publisher,
            join_channel_privilege_expire,
            pub_audio_privilege_expire,
            pub_video_privilege_expire,
            pub_data_stream_privilege_expire,
        )
        return _token_of(app_id, app_certificate, token_expire, service)

    @staticmethod
    def build_token_with_user_account_and_privilege(
        app_id: str,
        app_certificate: str,
        channel_name: str,
        account: str,
        token_expire: int,
        join_channel_privilege_expire: int,
        pub_audio_privilege_expire: int,
        pub_video_privilege_expire: int,
        pub_data_stream_privilege_expire: int,
    ) -> str:
        service = _rtc_service(
            channel_name,
            account,
            Role_Publisher,
            join_channel_privilege_expire,
            pub_audio_privilege_expire,
            pub_video_privilege_expire,
            pub_data_stream_privilege_expire,
        )
        return _token_of(app_id, app_certificate, token_expire, service)

    @staticmethod
    def build_token_with_rtm(
        app_id: str,
        app_certificate: str,
        channel_name: str,
        account: str,
        role: int,
        token_expire: int,
        privilege_expire: int = 0,
    ) -> str:
        rtc = _rtc_service(channel_name, account, role, *[privilege_expire] * 4)
        return _token_of(app_id, app_certificate, token_expire, rtc, _rtm_service(account, token_expire))

    @staticmethod
    def build_token_with_rtm2(
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
        return _token_of(app_id, app_certificate, rtc_token_expire, rtc, _rtm_service(rtm_user_id, rtm_token_expire))
