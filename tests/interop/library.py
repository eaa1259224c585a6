"""Our library as the interop tests use it: builders by name, the mechanism from a description, reading, verifying."""

import json
import os
import sys

from abi import Abi, Refused


def from_environment():
    """The library that AGORA_TOKEN_LIBRARY names."""
    path = os.environ.get("AGORA_TOKEN_LIBRARY")
    return Library(path) if path else sys.exit("AGORA_TOKEN_LIBRARY must be the path of our shared library")


class Library:
    """Every method raises Refused with the name of the status when the library refuses."""

    def __init__(self, path):
        self._abi = Abi(path)

    def builders(self):
        """The one-call builders of the header with their in-parameters: {name: [(parameter, type), ...]}."""
        return {
            name: [pair for pair in parameters if not pair[0].startswith("out_")]
            for name, parameters in self._abi.functions.items()
            if name.startswith("agora_build_")
        }

    def build(self, name, arguments):
        """Calls a builder; permissions are given as by access_token2."""
        names = [parameter for parameter, _ in self.builders()[name]]
        if "permissions" not in names:
            return self._abi.call(name, *arguments)
        place = names.index("permissions")
        with self._abi.handle("rtm2_permissions") as permissions:
            self._grant(permissions, arguments[place])
            return self._abi.call(name, *arguments[:place], permissions, *arguments[place + 1 :])

    def access_token2(self, app_id, certificate, issue_ts, expire, salt, services):
        """The mechanism of 007: (token, signature in hexadecimal).

        A service is {"type": "rtc", "texts": [hex, ...], "privileges": [[number, seconds], ...]} with its role or its
        permissions, [[resource type, permission type, [hex, ...]], ...].
        """
        with self._abi.handle("access_token2", app_id, certificate, 0, expire) as token:
            self._abi.call("agora_access_token2_set_issue_ts", token, issue_ts)
            self._abi.call("agora_access_token2_set_salt", token, salt)
            for service in services:
                self._add(token, service)
            signature = self._abi.call("agora_access_token2_signature", token)
            return self._abi.call("agora_access_token2_build", token), signature.hex()

    def access_token(self, app_id, certificate, channel, account, salt, expires_at, privileges):
        """The mechanism of 006; privileges are [[number, Unix seconds], ...]."""
        with self._abi.handle("access_token", app_id, certificate, *sized(channel, account)) as token:
            self._abi.call("agora_access_token_set_salt", token, salt)
            self._abi.call("agora_access_token_set_expires_at", token, expires_at)
            for privilege, expired_ts in privileges:
                self._abi.call("agora_access_token_add_privilege", token, privilege, expired_ts)
            return self._abi.call("agora_access_token_build", token)

    def parse(self, token):
        """The document of a token of either generation, unverified."""
        return json.loads(self._abi.call("agora_inspect", token))

    def verify_signature2(self, token, certificate):
        """Who signed a 007 token."""
        with self._abi.handle("unverified_token2", token, make="parse") as read:
            self._abi.call("agora_unverified_token2_verify_signature", read, certificate)

    def verify_signature(self, token, certificate, channel, account):
        """Who signed a 006 token, for whom."""
        with self._abi.handle("unverified_token", token, make="parse") as read:
            self._abi.call("agora_unverified_token_verify", read, certificate, *sized(channel, account))

    def check(self, token, certificate, now, app_id, channel):
        """The verdict on a token at a given time; channel is None where the token has none."""
        with self._abi.handle("verifier", app_id, certificate) as verifier, self._abi.handle("expected") as expected:
            self._abi.call("agora_verifier_set_now", verifier, now)
            if channel is not None:
                self._abi.call("agora_expected_set_channel", expected, channel)
            self._abi.call("agora_verifier_verify", verifier, token, expected)

    def refusal(self, method, *arguments):
        """The name of the status that a method of this class is refused with, or OK."""
        try:
            getattr(self, method)(*arguments)
        except Refused as refusal:
            return str(refusal)
        return "OK"

    def _add(self, token, service):
        texts = sized(*map(bytes.fromhex, service["texts"]))
        extra = [service["role"]] if "role" in service else []
        with self._abi.handle("rtm2_permissions") as permissions:
            if "permissions" in service:
                self._grant(permissions, service["permissions"])
                extra = [permissions]
            index = self._abi.call(f"agora_access_token2_add_{service['type']}", token, *texts, *extra)
        for privilege, expire in service["privileges"]:
            self._abi.call("agora_access_token2_add_privilege", token, index, privilege, expire)

    def _grant(self, permissions, pairs):
        for resource_type, permission_type, resources in pairs:
            self._abi.call("agora_rtm2_permissions_clear", permissions, resource_type, permission_type)
            for resource in map(bytes.fromhex, resources):
                self._abi.call(
                    "agora_rtm2_permissions_add_resource", permissions, resource_type, permission_type, *sized(resource)
                )


def sized(*texts):
    """Each text as bytes, and its size."""
    encoded = [text.encode() if isinstance(text, str) else text for text in texts]
    return [word for text in encoded for word in (text, len(text))]
