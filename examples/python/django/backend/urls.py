"""The paths."""

from django.urls import path

from .tokens import create_token, sign_in

urlpatterns = [path("sign-in", sign_in), path("tokens", create_token)]
