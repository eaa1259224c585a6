"""Classroom tokens by their other official name."""

from .AccessToken2 import *
from .apaas_token_builder import ApaasTokenBuilder
from .utils import *


class EducationTokenBuilder(ApaasTokenBuilder):
    """The functions of ApaasTokenBuilder, which make the same tokens."""
