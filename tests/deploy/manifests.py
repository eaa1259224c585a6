"""The manifests in examples/deploy: each against the schema of its kind, and all with one another.

python3 manifests.py AGORA_TOKEN    the command-line tool, which checks the settings; the last line is the count
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kubernetes_validate
import yaml

DEPLOY = Path(__file__).resolve().parents[2] / "examples" / "deploy"
KUBERNETES = "1.37"
NOT_OF_KUBERNETES = ["ServiceMonitor"]
"""Kinds of which Kubernetes knows no schema; monitoring.test.mjs has them."""
APP_CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b"
"""The public sample."""

Manifest = dict[str, Any]


def read() -> dict[str, Manifest]:
    """The manifests by their kinds, of which each is there once."""
    manifests: dict[str, Manifest] = {}
    for file in sorted(DEPLOY.glob("*/*.yaml")):
        for manifest in yaml.safe_load_all(file.read_text()):
            assert manifest["kind"] not in manifests, f"two of {manifest['kind']}"
            manifests[manifest["kind"]] = manifest
    return manifests


def selectors_fit(manifests: dict[str, Manifest]) -> None:
    deployment = manifests["Deployment"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    selectors = {
        "Deployment": deployment["spec"]["selector"]["matchLabels"],
        "Service": manifests["Service"]["spec"]["selector"],
        "PodDisruptionBudget": manifests["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        "NetworkPolicy": manifests["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
    }
    watched = manifests["ServiceMonitor"]["spec"]["selector"]["matchLabels"]
    assert watched.items() <= manifests["Service"]["metadata"]["labels"].items(), (
        f"the ServiceMonitor selects {watched}"
    )
    for kind, selector in selectors.items():
        assert selector and selector.items() <= labels.items(), f"{kind} selects {selector}, the pods have {labels}"
    target = manifests["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    scaled = {name: deployment[name] for name in ("apiVersion", "kind")} | {"name": deployment["metadata"]["name"]}
    assert target == scaled, f"the autoscaler scales {target}"


def ports_fit(manifests: dict[str, Manifest]) -> None:
    container = the_container(manifests)
    names = {port["name"] for port in container["ports"]}
    used = {container[probe]["httpGet"]["port"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    used |= {port["targetPort"] for port in manifests["Service"]["spec"]["ports"]}
    used |= {port["port"] for rule in manifests["NetworkPolicy"]["spec"]["ingress"] for port in rule["ports"]}
    assert used == names, f"the container has {names}, and {used} are used"
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert f"EXPOSE {ports['http']} {ports['admin']}\n" in dockerfile(), f"the image does not expose {ports}"
    listening = [image_variable(name) for name in ("AGORA_TOKEN_LISTEN", "AGORA_TOKEN_ADMIN_LISTEN")]
    assert listening == [f"0.0.0.0:{ports[name]}" for name in ("http", "admin")], f"the image listens on {listening}"

    services = {port["name"]: port["targetPort"] for port in manifests["Service"]["spec"]["ports"]}
    for endpoint in manifests["ServiceMonitor"]["spec"]["endpoints"]:
        assert services[endpoint["port"]] == "admin", f"the ServiceMonitor asks {endpoint}"
    for rule in manifests["Ingress"]["spec"]["rules"]:
        for path in rule["http"]["paths"]:
            service = path["backend"]["service"]
            assert service["name"] == manifests["Service"]["metadata"]["name"], f"the Ingress goes to {service}"
            assert services[service["port"]["name"]] == "http", f"the Ingress goes to {service}"


def nobody_else_is_let_in(manifests: dict[str, Manifest]) -> None:
    """Callers reach the port for requests, by namespace or label; the monitoring reaches the other one."""
    (callers, monitoring) = manifests["NetworkPolicy"]["spec"]["ingress"]
    assert [[port["port"] for port in rule["ports"]] for rule in (callers, monitoring)] == [["http"], ["admin"]]
    (ingress, labelled) = callers["from"]
    assert ingress["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "ingress-nginx"}
    # In one entry, so that both must hold: any namespace, and the label.
    assert labelled["namespaceSelector"] == {} and labelled["podSelector"]["matchLabels"], "anybody may come"
    for peer in monitoring["from"]:
        assert peer.keys() == {"namespaceSelector"} and peer["namespaceSelector"]["matchLabels"], "anybody may look"


def the_ingress_is_as_nginx(manifests: dict[str, Manifest]) -> None:
    """Its annotations are what nginx.conf has, which the tests run."""
    text = (DEPLOY / "nginx.conf").read_text()

    def directive(pattern: str) -> str:
        (value,) = re.findall(rf"\b{pattern}", text)
        return value

    prefix = "nginx.ingress.kubernetes.io/"
    annotations = manifests["Ingress"]["metadata"]["annotations"]
    assert {name.removeprefix(prefix): value for name, value in annotations.items()} == {
        "limit-rps": directive(r"rate=(\d+)r/s;"),
        "proxy-body-size": directive(r"client_max_body_size (\w+);"),
        "proxy-connect-timeout": directive(r"proxy_connect_timeout (\d+)s;"),
        "proxy-read-timeout": directive(r"proxy_read_timeout (\d+)s;"),
        "proxy-next-upstream": directive(r"proxy_next_upstream ([^;]+);"),
        "proxy-next-upstream-tries": directive(r"proxy_next_upstream_tries (\d+);"),
    }


def files_are_where_the_image_expects_them(manifests: dict[str, Manifest]) -> None:
    mounts = {mount["name"]: mount["mountPath"] for mount in the_container(manifests)["volumeMounts"]}
    volumes = {volume["name"]: volume for volume in manifests["Deployment"]["spec"]["template"]["spec"]["volumes"]}
    assert mounts.keys() == volumes.keys(), f"{mounts} and {volumes}"
    config_map = manifests["ConfigMap"]
    assert volumes["settings"]["configMap"]["name"] == config_map["metadata"]["name"]
    settings, certificate = (image_variable(name) for name in ("AGORA_TOKEN_CONFIG", "AGORA_APP_CERTIFICATE_FILE"))
    assert [settings] == [f"{mounts['settings']}/{name}" for name in config_map["data"]]
    assert certificate == f"{mounts['app-certificate']}/app_certificate"


def settings_are_the_same(manifests: dict[str, Manifest]) -> None:
    assert manifests["ConfigMap"]["data"]["serve.toml"] == (DEPLOY / "serve.toml").read_text()


def pods_are_restricted(manifests: dict[str, Manifest]) -> None:
    """What the "restricted" level of Kubernetes' pod security standards asks for, and a read-only file system."""
    pod = manifests["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert the_container(manifests)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    user = pod["securityContext"]["runAsUser"]
    assert f"USER {user}:{user}\n" in dockerfile(), "the image has another user"


def the_settings_serve(tool: str, manifests: dict[str, Manifest]) -> None:
    """The server could start with them, and ends before it would be killed."""
    with tempfile.NamedTemporaryFile("w") as certificate:
        certificate.write(APP_CERTIFICATE)
        certificate.flush()
        settings = {
            "AGORA_TOKEN_CONFIG": str(DEPLOY / "serve.toml"),
            "AGORA_APP_CERTIFICATE_FILE": certificate.name,
            "AGORA_TOKEN_LISTEN": image_variable("AGORA_TOKEN_LISTEN"),
            "AGORA_TOKEN_ADMIN_LISTEN": image_variable("AGORA_TOKEN_ADMIN_LISTEN"),
        }
        outside = {name: value for name, value in os.environ.items() if not name.startswith("AGORA_")}
        check = [tool, "serve", "--check"]
        shown = subprocess.run(check, env=outside | settings, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    found = re.findall(r'^(?:drain_delay|shutdown_timeout) = "(\d+)s"', shown.stdout, re.MULTILINE)
    assert len(found) == 2, shown.stdout
    seconds = sum(map(int, found))
    kubernetes = manifests["Deployment"]["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
    (systemd,) = re.findall(r"^TimeoutStopSec=(\d+)s$", (DEPLOY / "agora-token.service").read_text(), re.MULTILINE)
    for patience in (kubernetes, int(systemd)):
        assert patience > seconds, f"killed after {patience} s, though it may take {seconds}"


def the_container(manifests: dict[str, Manifest]) -> Manifest:
    (container,) = manifests["Deployment"]["spec"]["template"]["spec"]["containers"]
    return container


def dockerfile() -> str:
    return (DEPLOY / "Dockerfile").read_text()


def image_variable(name: str) -> str:
    (value,) = re.findall(rf"\b{name}=(\S+)", dockerfile())
    return value


def main() -> int:
    passed = failed = 0

    def case(name: str, check: Callable[[], object]) -> None:
        nonlocal passed, failed
        try:
            check()
        except (AssertionError, KeyError, kubernetes_validate.ValidationError) as error:
            failed += 1
            print(f"FAILED {name}: {type(error).__name__} {error}")
        else:
            passed += 1
            print(f"ok     {name}")

    manifests = read()
    for kind, manifest in manifests.items():
        if kind not in NOT_OF_KUBERNETES:
            case(f"{kind}: schema", lambda m=manifest: kubernetes_validate.validate(m, KUBERNETES, strict=True))
    for check in (
        selectors_fit,
        ports_fit,
        nobody_else_is_let_in,
        the_ingress_is_as_nginx,
        files_are_where_the_image_expects_them,
        settings_are_the_same,
        pods_are_restricted,
    ):
        case(check.__name__.replace("_", " "), lambda c=check: c(manifests))
    case("the settings serve", lambda: the_settings_serve(sys.argv[1], manifests))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
