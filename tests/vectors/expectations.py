"""What a reader must have seen in a token, as the `decoded` of a case."""

from reference import to_text

MANY_PRIVILEGES = 1000


def decoded(token):
    document = {"app_id": to_text(token["app_id"])}
    if "services" in token:
        times = {name: token[name] for name in ("issue_ts", "expire", "salt")}
        document.update(times, expires_at=token["issue_ts"] + token["expire"])
        document["services"] = [shortened(service) for service in token["services"]]
    else:
        names = ("salt", "ts", "crc_channel_name", "crc_uid", "privileges")
        document.update((name, token[name]) for name in names)
    document["signature_hex"] = token["signature"].hex()
    return document


def shortened(service):
    """Privileges by the thousand are counted, not listed."""
    if len(service["privileges"]) <= MANY_PRIVILEGES:
        return service
    rest = {key: value for key, value in service.items() if key not in ("type", "name", "privileges")}
    return {"type": service["type"], "name": service["name"], "privilege_count": len(service["privileges"])} | rest
