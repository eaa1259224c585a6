"""RTM tokens of AccessToken2 (007) by their official Python names."""

from ._build import rtm_service as _rtm_service
from ._build import token_of as _token_of
from .AccessToken2 import *


class RtmTokenBuilder:
    """Every function gives '' when anything is wrong."""

    @staticmethod
    def build_token(app_id: str, app_certificate: str, user_id: str, expire: int) -> str:
        return _token_of(app_id, app_certificate, expire, _rtm_service(user_id, expire))

    @staticmethod
    def build_token_with_permissions(
        app_id: str,
        app_certificate: str,
        user_id: str,
        permissions: ServiceRtm2.Permissions,
        expire: int = 0,
    ) -> str:
        service = ServiceRtm2(user_id, permissions)
        service.add_privilege(ServiceRtm2.kPrivilegeLogin, expire)
        return _token_of(app_id, app_certificate, expire, service)
