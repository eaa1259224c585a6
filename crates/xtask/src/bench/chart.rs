//! The bars of docs/performance.svg.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use super::results::Results;

/// A racer, its task, what readers call it, and whether it is one of ours.
const BARS: [(&str, &str, &str, bool); 10] = [
    ("rust", "issue-007", "Rust, Issuer", true),
    ("rust", "mint-007", "Rust", true),
    ("c++", "mint-007", "C++", true),
    ("python", "mint-007", "Python", true),
    ("node", "mint-007", "Node", true),
    ("java", "mint-007", "Java", true),
    ("openssl", "mint-007-kept", "OpenSSL + zlib, state kept", false),
    ("openssl", "mint-007-anew", "OpenSSL + zlib, state anew", false),
    ("java-peer", "peer-mint-007", "Maven authentication", false),
    ("node", "peer-mint-007", "npm agora-token", false),
];

const ROW: f64 = 30.0;
const LEFT: f64 = 200.0;
const WIDTH: f64 = 720.0;
const LONGEST: f64 = 450.0;

/// Bars as long as the time.
pub(super) fn draw(results: &Results) -> Result<String> {
    let times = BARS
        .iter()
        .map(|(racer, task, ..)| results.get(&(*racer, (*task).to_owned())).map(|measured| measured.min))
        .collect::<Option<Vec<f64>>>()
        .context("a bar of the chart was not measured")?;
    let most = times.iter().copied().fold(0.0, f64::max);
    let length = |ns: f64| ns / most * LONGEST;
    // Five lines or so, at round times.
    let step = [1e3, 2e3, 5e3, 1e4, 2e4, 5e4].into_iter().find(|step| most / step <= 6.0).unwrap_or(1e5);
    let bottom = 56.0 + ROW * 10.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" \
         aria-label=\"Time for one AccessToken2, shorter is better\">\n<style>\
         text{{font:13px system-ui,sans-serif;fill:#1f2328}}.title{{font-weight:600;font-size:15px}}\
         .faint{{fill:#59636e}}.ours{{fill:#0969da}}.peer{{fill:#9aa4af}}line{{stroke:#d1d9e0}}\
         @media(prefers-color-scheme:dark){{text{{fill:#f0f6fc}}.faint{{fill:#9198a1}}.ours{{fill:#4493f8}}\
         .peer{{fill:#656c76}}line{{stroke:#3d444d}}}}</style>\n\
         <text class=\"title\" x=\"12\" y=\"24\">Time for one AccessToken2 (007)</text>\n",
        bottom + 30.0
    );
    let lines = std::iter::successors(Some(0.0), |ns| Some(ns + step)).take_while(|ns| *ns <= most);
    for ns in lines {
        let x = LEFT + length(ns);
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"40\" x2=\"{x:.1}\" y2=\"{bottom:.1}\"/><text class=\"faint\" x=\"{x:.1}\" \
             y=\"{:.1}\" text-anchor=\"middle\">{:.0} µs</text>",
            bottom + 18.0,
            ns / 1000.0
        );
    }
    let mut y = 46.0;
    for ((.., name, ours), ns) in BARS.iter().zip(times) {
        let class = if *ours { "ours" } else { "peer" };
        let end = LEFT + length(ns) + 8.0;
        let shown = format!("{:.1} µs", ns / 1000.0);
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text><rect class=\"{class}\" x=\"{LEFT}\" \
             y=\"{y:.1}\" width=\"{:.1}\" height=\"20\" rx=\"3\"/><text x=\"{end:.1}\" y=\"{:.1}\">{shown}</text>",
            LEFT - 10.0,
            y + 14.5,
            length(ns),
            y + 14.5
        );
        y += ROW;
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}
