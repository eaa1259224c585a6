"""Chat tokens of AccessToken2 (007) by their official Python names."""

from ._build import token_of as _token_of
from .AccessToken2 import *


class ChatTokenBuilder:
    """Every function gives '' when anything is wrong."""

    @staticmethod
    def build_user_token(app_id: str, app_certificate: str, user_id: str, expire: int) -> str:
        service = ServiceChat(user_id)
        service.add_privilege(ServiceChat.kPrivilegeUser, expire)
        return _token_of(app_id, app_certificate, expire, service)

    @staticmethod
    def build_app_token(app_id: str, app_certificate: str, expire: int) -> str:
        service = ServiceChat()
        service.add_privilege(ServiceChat.kPrivilegeApp, expire)
        return _token_of(app_id, app_certificate, expire, service)
