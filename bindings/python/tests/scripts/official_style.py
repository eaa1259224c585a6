"""A script as people write for the official python3 folder: only its imports name agora_token.compat instead of src.

It prints one line for each token; the test that runs it reads them.
"""

import os
import sys
import time

from agora_token.compat.AccessToken import AccessToken as AccessToken006
from agora_token.compat.AccessToken import kJoinChannel, kPublishAudioStream
from agora_token.compat.AccessToken2 import *
from agora_token.compat.apaas_token_builder import ApaasTokenBuilder
from agora_token.compat.ChatTokenBuilder2 import ChatTokenBuilder
from agora_token.compat.convoai_token_builder import ConvoAITokenBuilder
from agora_token.compat.education_token_builder import EducationTokenBuilder
from agora_token.compat.fpa_token_builder import FpaTokenBuilder
from agora_token.compat.RtcTokenBuilder import Role_Attendee
from agora_token.compat.RtcTokenBuilder import RtcTokenBuilder as RtcTokenBuilder006
from agora_token.compat.RtcTokenBuilder2 import Role_Publisher, Role_Subscriber, RtcTokenBuilder
from agora_token.compat.RtmTokenBuilder import Role_Rtm_User
from agora_token.compat.RtmTokenBuilder import RtmTokenBuilder as RtmTokenBuilder006
from agora_token.compat.RtmTokenBuilder2 import RtmTokenBuilder
from agora_token.compat.stt_token_builder import SttTokenBuilder


def main():
    app_id = os.environ.get("AGORA_APP_ID")
    app_certificate = os.environ.get("AGORA_APP_CERTIFICATE")
    if not app_id or not app_certificate:
        print("AGORA_APP_ID and AGORA_APP_CERTIFICATE are needed")
        sys.exit(2)

    channel, uid, account = "lobby", 1234567890, "1234567890"
    end = int(time.time()) + 600

    show("uid", RtcTokenBuilder.build_token_with_uid(app_id, app_certificate, channel, uid, Role_Publisher, 600, 300))
    show(
        "account",
        RtcTokenBuilder.build_token_with_user_account(app_id, app_certificate, channel, account, Role_Subscriber, 600),
    )
    show(
        "uid and privilege",
        RtcTokenBuilder.build_token_with_uid_and_privilege(app_id, app_certificate, channel, uid, 600, 1, 2, 3, 4),
    )
    show(
        "account and privilege",
        RtcTokenBuilder.build_token_with_user_account_and_privilege(
            app_id, app_certificate, channel, account, 600, 1, 2, 3, 4
        ),
    )
    show(
        "rtm", RtcTokenBuilder.build_token_with_rtm(app_id, app_certificate, channel, account, Role_Publisher, 600, 300)
    )
    twelve = (app_id, app_certificate, channel, account, Role_Publisher, 600, 1, 2, 3, 4, "me", 300)
    show("rtm2", RtcTokenBuilder.build_token_with_rtm2(*twelve))
    show("convoai", ConvoAITokenBuilder.build_token(*twelve))
    show("stt", SttTokenBuilder.build_token(*twelve))
    show("fpa", FpaTokenBuilder.build_token(app_id, app_certificate))
    show("chat user", ChatTokenBuilder.build_user_token(app_id, app_certificate, account, 600))
    show("chat app", ChatTokenBuilder.build_app_token(app_id, app_certificate, 600))
    for name, builder in (("apaas", ApaasTokenBuilder), ("education", EducationTokenBuilder)):
        show(f"{name} room user", builder.build_room_user_token(app_id, app_certificate, "class", account, 2, 600))
        show(f"{name} user", builder.build_user_token(app_id, app_certificate, account, 600))
        show(f"{name} app", builder.build_app_token(app_id, app_certificate, 600))

    permissions = ServiceRtm2.Permissions()
    permissions.add(ServiceRtm2.Permissions.kMessageChannels, ServiceRtm2.Permissions.kRead, ["news", "sports"])
    permissions.add(ServiceRtm2.Permissions.kUsers, ServiceRtm2.Permissions.kWrite, ["friend"])
    show("login", RtmTokenBuilder.build_token(app_id, app_certificate, account, 600))
    show(
        "permissions",
        RtmTokenBuilder.build_token_with_permissions(app_id, app_certificate, account, permissions, 600),
    )

    show(
        "006 uid",
        RtcTokenBuilder006.buildTokenWithUid(app_id, app_certificate, channel, uid, Role_Attendee, end),
    )
    show(
        "006 account and privilege",
        RtcTokenBuilder006.buildTokenWithUserAccountAndPrivilege(
            app_id, app_certificate, channel, account, end, end, end, end
        ),
    )
    show("006 rtm", RtmTokenBuilder006.buildToken(app_id, app_certificate, account, Role_Rtm_User, end))
    key = AccessToken006(app_id, app_certificate, channel, uid)
    key.addPrivilege(kJoinChannel, end)
    key.messages[kPublishAudioStream] = end
    show("006 mechanism", key.build())

    rtc = ServiceRtc(channel, uid)
    rtc.add_privilege(ServiceRtc.kPrivilegeJoinChannel, 600)
    rtm = ServiceRtm(account)
    rtm.add_privilege(ServiceRtm.kPrivilegeLogin, 600)
    token = AccessToken(app_id=app_id, app_certificate=app_certificate, expire=600)
    token.add_service(rtm)
    token.add_service(rtc)
    text = token.build()
    show("mechanism", text)

    parser = AccessToken()
    if not parser.from_string(text) or not parser.verify_signature(app_certificate):
        print("the token did not come back")
        sys.exit(1)
    print("services:", [service.service_type() for service in parser.services])


def show(what, token):
    print(f"{what}: {token}")


if __name__ == "__main__":
    main()
