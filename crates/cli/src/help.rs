//! What the long help and the manual page tell beside the options.

/// Headings and texts, in lines that fit a terminal.
pub(crate) const SECTIONS: &[(&str, &str)] = &[
    (
        "Exit status",
        "\
0  done; of verify: the token is valid; of doctor: nothing worse than a note
1  verify: the token is refused; doctor: something keeps the user out;
   mint --batch: a row was refused
2  wrong usage, or an argument or credential that cannot be right
3  what was given as a token cannot be read
4  the system failed: a file, standard input or output, the clock, the
   random source
5  doctor: something works now and will surprise somebody",
    ),
    (
        "Errors",
        "\
Standard error gets error[CODE]: REASON, with --json its last line is
{\"error\":{\"code\":CODE,\"field\":FIELD,\"reason\":REASON,\"fault\":FAULT}}. The
reason names the option, the variable or the column that was used. FAULT is
caller, configuration or system: who can do something about it. Codes, fields
and faults are the same in every language of this project; the command line
adds USAGE for arguments that do not fit together, IO for a failure of the
system and INVALID_ROW for what mint --batch cannot read. No error shows a
token or a certificate.",
    ),
    (
        "Environment",
        "\
AGORA_APP_ID
    The App ID. verify and doctor compare it with the token's.
AGORA_APP_CERTIFICATE
    The App Certificate.
AGORA_APP_CERTIFICATE_SECONDARY
    Accepted by verify and doctor too, while certificates are rotated.
NO_COLOR
    No colours, on a terminal neither.

serve takes its options from AGORA_TOKEN_... too; serve --help names each.

An option replaces its variable; a certificate option replaces both
certificate variables.",
    ),
    (
        "Lifetimes and times",
        "\
A LIFETIME is a number of seconds, or a number with a unit: 40s, 90m, 24h,
1d. A time is in UNIX seconds. AccessToken2 (007) takes lifetimes,
AccessToken (006) takes times.

mint names lifetimes by one rule: where the builders say expire, the option
says lifetime. --lifetime is the token's own, --privilege-lifetime that of
its privileges, --publish-lifetime that of those to publish,
--join-channel-privilege-lifetime that of one of them.",
    ),
    (
        "Examples",
        "\
agora-token mint rtc --channel room --uid 42 --lifetime 1h
agora-token mint rtc --channel room --account alice --token-version 006
agora-token mint rtm --user-id alice --permissions permissions.json
agora-token mint --batch users.csv --channel room --output tokens.csv
agora-token mint chat-user --user-id alice | agora-token inspect -
agora-token verify --channel room --uid 42 \"$token\" && echo welcome
agora-token doctor --channel room --uid 42 --error 110 \"$token\"
agora-token serve --demo",
    ),
];

/// All of it, as the long help shows it.
pub(crate) fn sections() -> String {
    let section = |(heading, text): &(&str, &str)| {
        text.lines().fold(format!("{heading}:"), |section, line| section + "\n" + format!("  {line}").trim_end())
    };
    SECTIONS.iter().map(section).collect::<Vec<_>>().join("\n\n")
}
