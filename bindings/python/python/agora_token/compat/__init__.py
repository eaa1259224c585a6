"""The modules of Agora's official python3 folder, over this package: change ``src.`` to ``agora_token.compat.``.

They take what the official code takes: any channel name, any account, roles and lifetimes unchecked. A failure is ''
from a builder and False from a parser or a check, and nothing is ever printed. What the official code does that is
unsafe is not done: a uid of None, a float or a bool makes no token, nor does an App Certificate with blanks in it.
"""

from . import (
    AccessToken,
    AccessToken2,
    ChatTokenBuilder2,
    Packer,
    RtcTokenBuilder,
    RtcTokenBuilder2,
    RtmTokenBuilder,
    RtmTokenBuilder2,
    apaas_token_builder,
    convoai_token_builder,
    education_token_builder,
    fpa_token_builder,
    stt_token_builder,
    utils,
)

__all__ = [
    "AccessToken",
    "AccessToken2",
    "ChatTokenBuilder2",
    "Packer",
    "RtcTokenBuilder",
    "RtcTokenBuilder2",
    "RtmTokenBuilder",
    "RtmTokenBuilder2",
    "apaas_token_builder",
    "convoai_token_builder",
    "education_token_builder",
    "fpa_token_builder",
    "stt_token_builder",
    "utils",
]
