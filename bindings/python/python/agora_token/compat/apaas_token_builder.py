"""Classroom tokens of AccessToken2 (007) by their official Python names."""

from ._build import rtm_service as _rtm_service
from ._build import token_of as _token_of
from .AccessToken2 import *
from .utils import *
from .utils import FAILURES as _FAILURES


class ApaasTokenBuilder:
    """Every function gives '' when anything is wrong."""

    @staticmethod
    def build_room_user_token(
        app_id: str,
        app_certificate: str,
        room_uuid: str,
        user_uuid: str,
        role: int,
        expire: int,
    ) -> str:
        try:
            chat = ServiceChat(get_md5(user_uuid))
        except _FAILURES:
            return ""
        chat.add_privilege(ServiceChat.kPrivilegeUser, expire)
        room = ServiceApaas(room_uuid, user_uuid, role)
        room.add_privilege(ServiceApaas.kPrivilegeRoomUser, expire)
        return _token_of(app_id, app_certificate, expire, room, _rtm_service(user_uuid, expire), chat)

    @staticmethod
    def build_user_token(app_id: str, app_certificate: str, user_uuid: str, expire: int) -> str:
        service = ServiceApaas(user_uuid=user_uuid)
        service.add_privilege(ServiceApaas.kPrivilegeUser, expire)
        return _token_of(app_id, app_certificate, expire, service)

    @staticmethod
    def build_app_token(app_id: str, app_certificate: str, expire: int) -> str:
        service = ServiceApaas()
        service.add_privilege(ServiceApaas.kPrivilegeApp, expire)
        return _token_of(app_id, app_certificate, expire, service)
