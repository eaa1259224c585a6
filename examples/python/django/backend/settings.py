"""A backend with Django: whoever is signed in gets a token for a channel.

    pip install ../../../bindings/python -r requirements.txt  # in this folder of the checkout
    AGORA_APP_ID=... AGORA_APP_CERTIFICATE=... DJANGO_SECRET_KEY=... gunicorn backend.wsgi

tokens.py is what is about tokens; all else is any project's.
"""

import os

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "backend.urls"
USE_TZ = True
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "backend.tokens.RefusalMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
