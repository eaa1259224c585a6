//! Other places to listen than an address, and what systemd is told.

#![cfg(unix)]

use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;

use crate::server::setup;

const TOKEN: &str = "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 198.51.100.7\r\nX-Request-Id: unix-1\r\nConnection: close\r\nContent-Length: 26\r\n\r\n{\"channel\":\"room\",\"uid\":1}";

fn answer(mut stream: impl Read + Write) -> String {
    stream.write_all(TOKEN.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A file refuses connections as the socket of a killed server does.
#[test]
fn a_file_in_the_socket_s_place_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("precious");
    std::fs::write(&path, "precious").unwrap();
    let listen = format!("unix:{}", path.display());
    let (exit, _, stderr) = setup("").args(["--demo", "--listen", &listen]).run();
    assert_ne!(exit, 0, "{stderr}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
}

#[test]
fn a_unix_socket_serves_a_proxy_and_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("socket");
    // What a server that was killed left.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let listen = format!("unix:{}", path.display());
    let mut server = setup("").args(["--demo", "--listen", &listen]).start();
    let answered = answer(UnixStream::connect(&path).unwrap());
    assert!(answered.starts_with("HTTP/1.1 200") && answered.contains("\"token\":\"007"), "{answered}");
    assert_eq!(server.audit_of("unix-1")["address"], "198.51.100.7");
    // A second server does not take the socket of one that lives.
    let (exit, _, stderr) = setup("").args(["--demo", "--listen", &listen]).run();
    assert!(exit != 0 && stderr.contains(&format!("listen: cannot listen at {listen}: ")), "{stderr}");
    server.signal(libc::SIGTERM);
    assert!(server.ended().success());
    assert!(!path.exists());
}

#[test]
fn two_servers_on_one_machine_are_told_which_address_is_taken() {
    let first = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = first.local_addr().unwrap().to_string();
    let (exit, _, stderr) = setup("").args(["--demo", "--listen", "127.0.0.1:0", "--admin-listen", &taken]).run();
    assert!(exit != 0 && stderr.contains(&format!("admin_listen: cannot listen at {taken}: ")), "{stderr}");
}

#[test]
fn systemd_opens_the_socket_and_hears_that_it_is_ready() {
    let folder = TempDir::new().unwrap();
    let notify = UnixDatagram::bind(folder.path().join("notify")).unwrap();
    notify.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let hear = || {
        let mut message = [0; 256];
        let length = notify.recv(&mut message).expect("word from the server");
        String::from_utf8_lossy(&message[..length]).into_owned()
    };
    let listener = std::os::unix::net::UnixListener::bind(folder.path().join("main")).unwrap();
    let socket = listener.as_raw_fd();
    let (main, notified) = (folder.path().join("main"), folder.path().join("notify"));
    let args = ["--listen", "systemd", "--admin-listen", "none", "--reload-interval", "0"];
    let serve = setup(&crate::attacks::viewer_settings()).args(args);
    let of_server = serve.command();
    let mut command = std::process::Command::new("sh");
    command
        .args(["-c", "export LISTEN_PID=$$; exec \"$0\" \"$@\""])
        .arg(of_server.get_program())
        .args(of_server.get_args());
    command.current_dir(of_server.get_current_dir().unwrap()).env_clear();
    command.envs(of_server.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("LISTEN_FDS", "1").env("NOTIFY_SOCKET", &notified).stderr(Stdio::null());
    // SAFETY: dup2 is async-signal-safe and touches no memory; the socket outlives the child's start.
    unsafe {
        command
            .pre_exec(move || if libc::dup2(socket, 3) == 3 { Ok(()) } else { Err(std::io::Error::last_os_error()) });
    }
    let mut child = command.spawn().unwrap();
    assert!(hear().contains("READY=1"));
    let answered = answer(UnixStream::connect(&main).unwrap());
    assert!(answered.starts_with("HTTP/1.1 401"), "{answered}");
    let pid = libc::pid_t::try_from(child.id()).unwrap();
    // SAFETY: kill has no memory to break; the process is our child and not yet waited for.
    let signal = |signal| assert_eq!(unsafe { libc::kill(pid, signal) }, 0);
    signal(libc::SIGHUP);
    let reloading = hear();
    assert!(reloading.contains("RELOADING=1") && reloading.contains("MONOTONIC_USEC="), "{reloading}");
    assert!(hear().contains("READY=1"));
    signal(libc::SIGTERM);
    assert!(hear().contains("STOPPING=1"));
    assert!(child.wait().unwrap().success());
    assert!(main.exists(), "the socket is systemd's");
}

#[test]
fn a_credential_of_systemd_is_a_file() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("certificate"), crate::server::CERTIFICATE).unwrap();
    let with = |settings: &str| {
        setup(settings).without("AGORA_APP_CERTIFICATE").args([
            "--check",
            "--app-certificate-file",
            "credential:certificate",
        ])
    };
    let (exit, _, stderr) = with("").env("CREDENTIALS_DIRECTORY", folder.path().to_str().unwrap()).run();
    assert_eq!(exit, 0, "{stderr}");
    let (exit, _, stderr) = with("").run();
    assert!(exit != 0 && stderr.contains("LoadCredential"), "{stderr}");
}

#[test]
fn files_are_found_from_the_settings_file() {
    let setup = setup("app_certificate_file = \"certificate\"\n").without("AGORA_APP_CERTIFICATE").args(["--check"]);
    let setup = setup.file("certificate", crate::server::CERTIFICATE);
    let of_server = setup.command();
    let elsewhere = TempDir::new().unwrap();
    let folder = of_server.get_current_dir().unwrap();
    let output = std::process::Command::new(of_server.get_program())
        .args(["serve", "--check", "--config"])
        .arg(folder.join("server.toml"))
        .current_dir(elsewhere.path())
        .env_clear()
        .env("AGORA_APP_ID", crate::server::APP_ID)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
