//! What ran, what passed, what failed, what did not run: nothing goes uncounted.

use std::fmt::Display;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};

use crate::style::Style;

/// A run of several named steps.
pub(crate) struct Report {
    style: Style,
    /// Nothing may be left out: the rule in CI.
    strict: bool,
    steps: Vec<Step>,
}

/// One suite, with the count of its cases.
pub(crate) struct Step {
    name: String,
    style: Style,
    strict: bool,
    passed: u64,
    failed: u64,
    not_run: Vec<String>,
    took: Duration,
}

impl Report {
    pub(crate) fn new(strict: bool) -> Self {
        Self { style: Style::of_stdout(), strict, steps: Vec::new() }
    }

    /// Runs one suite. An error it returns counts as one failure, and so does a suite in which nothing ran.
    pub(crate) fn step(&mut self, name: &str, suite: impl FnOnce(&mut Step) -> Result<()>) {
        println!("\n{}", self.style.bold(&format!("== {name}")));
        let started = Instant::now();
        let mut step = Step {
            name: name.to_owned(),
            style: self.style,
            strict: self.strict,
            passed: 0,
            failed: 0,
            not_run: Vec::new(),
            took: Duration::ZERO,
        };
        if let Err(error) = suite(&mut step) {
            step.case("the suite itself", Err(error));
        } else if step.passed + step.failed == 0 && step.not_run.is_empty() {
            step.case("the suite itself", Err(anyhow!("nothing ran")));
        }
        step.took = started.elapsed();
        println!("   {}", step.line());
        self.steps.push(step);
    }

    /// Prints the summary; its last line is `N passed, N failed`. An error when anything failed.
    pub(crate) fn finish(self) -> Result<()> {
        let (mut passed, mut failed) = (0, 0);
        println!("\n{}", self.style.bold("== summary"));
        for step in &self.steps {
            let mark = match step {
                Step { failed: 1.., .. } => self.style.bad("FAIL"),
                Step { passed: 0, .. } => self.style.bad("none"),
                _ => self.style.good("ok  "),
            };
            println!("{mark} {:<18} {}", step.name, step.line());
            passed += step.passed;
            failed += step.failed;
        }
        for left_out in self.steps.iter().flat_map(|step| &step.not_run) {
            println!("{}", self.style.bad(&format!("not run: {left_out}")));
        }
        println!("{passed} passed, {failed} failed");
        if failed > 0 {
            bail!("{failed} failed");
        }
        Ok(())
    }
}

impl Step {
    /// Counts one case and shows it.
    pub(crate) fn case(&mut self, name: impl Display, outcome: Result<()>) {
        match outcome {
            Ok(()) => {
                self.passed += 1;
                println!("   {} {name}", self.style.faint("ok"));
            }
            Err(error) => {
                self.failed += 1;
                println!("   {} {name}: {error:#}", self.style.bad("FAILED"));
            }
        }
    }

    /// Counts the cases of a program that counted for itself; one that failed, or counted none, is one failure.
    pub(crate) fn count(&mut self, name: impl Display, cases: Result<u64>) {
        match cases {
            Ok(0) => self.case(name, Err(anyhow!("it ran nothing"))),
            Ok(cases) => {
                self.passed += cases;
                println!("   {} {name}: {cases}", self.style.faint("ok"));
            }
            Err(error) => self.case(name, Err(error)),
        }
    }

    /// Says what could not run here and why. In CI that is a failure.
    pub(crate) fn not_run(&mut self, what: impl Display, why: impl Display) {
        let line = format!("{what}: {why}");
        if self.strict {
            self.case(&line, Err(anyhow!("nothing may be left out in CI")));
        } else {
            println!("   {}", self.style.bad(&format!("not run: {line}")));
        }
        self.not_run.push(line);
    }

    fn line(&self) -> String {
        format!("{} passed, {} failed ({:.1} s)", self.passed, self.failed, self.took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(strict: bool, suite: impl FnOnce(&mut Step) -> Result<()>) -> Result<()> {
        let mut report = Report::new(strict);
        report.step("suite", suite);
        report.finish()
    }

    #[test]
    fn a_case_that_fails_fails_the_run() {
        assert!(
            report(false, |step| {
                step.case("a", Ok(()));
                Ok(())
            })
            .is_ok()
        );
        assert!(
            report(false, |step| {
                step.case("a", Ok(()));
                step.case("b", bail_out());
                Ok(())
            })
            .is_err()
        );
        assert!(
            report(false, |step| {
                step.case("a", Ok(()));
                bail_out()
            })
            .is_err()
        );
    }

    #[test]
    fn a_suite_that_ran_nothing_fails() {
        assert!(report(false, |_| Ok(())).is_err());
    }

    #[test]
    fn what_did_not_run_fails_only_in_ci() {
        let suite = |step: &mut Step| {
            step.not_run("valgrind", "not installed");
            Ok(())
        };
        assert!(report(false, suite).is_ok());
        assert!(report(true, suite).is_err());
    }

    fn bail_out() -> Result<()> {
        bail!("no")
    }
}
