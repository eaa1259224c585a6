//! What the speed aims at, and whether it got there.

use super::batch::Batch;
use super::results::{Measured, Results};
use crate::style::Style;
use crate::table::{Cell, Table};

/// An aim: what is compared, the number, and its bound.
struct Target {
    what: &'static str,
    found: f64,
    bound: Bound,
    unit: &'static str,
}

enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Target {
    fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtMost(most) => self.found <= most,
            Bound::AtLeast(least) => self.found >= least,
        }
    }
}

/// Shows every aim; gives how many were missed.
pub(super) fn check(results: &Results, batch: &Batch, style: Style) -> usize {
    let targets = targets(results, batch);
    let mut table = Table::new(&["aim", "found", "bound", ""]);
    for target in &targets {
        let number = |number: f64| if target.unit == "ns" { format!("{number:.0} ns") } else { format!("{number:.2}") };
        let bound = match target.bound {
            Bound::AtMost(most) => format!("at most {}", number(most)),
            Bound::AtLeast(least) => format!("at least {}", number(least)),
        };
        let verdict = if target.is_met() { Cell::good("met") } else { Cell::bad("missed") };
        table.row(vec![Cell::plain(target.what), Cell::plain(&number(target.found)), Cell::plain(&bound), verdict]);
    }
    print!("\n{}", table.show(style));
    targets.iter().filter(|target| !target.is_met()).count()
}

fn targets(results: &Results, batch: &Batch) -> Vec<Target> {
    let min = |racer: &'static str, task: &str| {
        results.get(&(racer, task.to_owned())).map_or(f64::NAN, |Measured { min, .. }| *min)
    };
    let floor = min("rust", "floor");
    let mint = min("rust", "mint-007");
    let issue = min("rust", "issue-007");
    let times = |what, found, bound| Target { what, found, bound, unit: "times" };
    let ns = |what, found, most| Target { what, found, bound: Bound::AtMost(most), unit: "ns" };
    use Bound::{AtLeast, AtMost};
    vec![
        times("mint 007 / the floor", mint / floor, AtMost(2.5)),
        times("mint 007 with an Issuer / the floor", issue / floor, AtMost(2.2)),
        times("OpenSSL + zlib, state anew / mint 007", min("openssl", "mint-007-anew") / mint, AtLeast(12.0)),
        times("OpenSSL + zlib, state kept / mint 007", min("openssl", "mint-007-kept") / mint, AtLeast(10.0)),
        times("OpenSSL / mint 006", min("openssl", "mint-006") / min("rust", "mint-006"), AtLeast(8.0)),
        times(
            "OpenSSL + zlib / parse and verify 007",
            min("openssl", "verify-007-anew") / min("rust", "verify-007"),
            AtLeast(5.0),
        ),
        times("C++ / Rust, mint 007", min("c++", "mint-007") / mint, AtMost(1.1)),
        times(
            "PyPI agora-token-builder / Python, mint 006",
            min("python", "peer-mint-006") / min("python", "mint-006"),
            AtLeast(25.0),
        ),
        ns("Python over Rust, mint 007", min("python", "mint-007") - mint, 250.0),
        times(
            "npm agora-token / Node, mint 007",
            min("node", "peer-mint-007") / min("node", "mint-007"),
            AtLeast(50.0),
        ),
        ns("Node over Rust, mint 007", min("node", "mint-007") - mint, 200.0),
        times("Go, WebAssembly / Rust, mint 007", min("go", "mint-007") / mint, AtMost(10.0)),
        times("Go, linked / Rust, mint 007", min("go-cgo", "mint-007") / mint, AtMost(2.1)),
        times(
            "go-tokenbuilder / Go, WebAssembly, mint 006",
            min("go", "peer-mint-006") / min("go", "mint-006"),
            AtLeast(2.0),
        ),
        times("Java / Rust, mint 007", min("java", "mint-007") / mint, AtMost(2.0 / 1.2)),
        times(
            "Maven io.agora:authentication / Java, mint 007",
            min("java-peer", "peer-mint-007") / min("java", "mint-007"),
            AtLeast(5.0),
        ),
        times(
            "two threads / one, with one Issuer",
            2.0 * min("rust", "threads-1") / min("rust", "threads-2"),
            AtLeast(1.8),
        ),
        times("a batch / one by one, Rust", issue / min("rust", "batch-007"), AtLeast(0.8)),
        times(
            "Arrow in Python, one thread / a batch, Rust",
            min("python-columns", "arrow-1") / min("rust", "batch-007"),
            AtMost(1.3),
        ),
        times(
            "Arrow in Python, one thread / the same table through lists",
            min("python-columns", "arrow-1") / min("python-columns", "lists"),
            AtMost(0.4),
        ),
        times(
            "Arrow in Python, two threads / one",
            min("python-columns", "arrow-1") / min("python-columns", "arrow-2"),
            AtLeast(1.8),
        ),
        times("a million rows / one by one, for each core", issue / batch.core_ns_a_row(), AtLeast(0.8)),
    ]
}
