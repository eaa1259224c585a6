"""FPA tokens of AccessToken2 (007) by their official Python names."""

from ._build import token_of as _token_of
from .AccessToken2 import *


class FpaTokenBuilder:
    """Gives '' when anything is wrong."""

    @staticmethod
    def build_token(app_id: str, app_certificate: str) -> str:
        service = ServiceFpa()
        service.add_privilege(ServiceFpa.kPrivilegeLogin, 0)
        return _token_of(app_id, app_certificate, 24 * 3600, service)
