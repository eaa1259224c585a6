//! What ran, what passed, what failed, what did not run: nothing goes uncounted, and nothing is counted twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::mem;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};

use crate::style::Style;
use crate::table::{Cell, Table};

/// A run of several named steps.
pub(crate) struct Report {
    style: Style,
    /// Nothing may be left out: the rule in CI.
    strict: bool,
    steps: Vec<Step>,
    programs: BTreeMap<String, Runs>,
}

/// What a program counted at first, and the settings under which it ran again.
struct Runs {
    cases: u64,
    again: Vec<String>,
}

/// One suite, with the count of its cases.
pub(crate) struct Step {
    name: String,
    style: Style,
    strict: bool,
    passed: u64,
    failed: u64,
    /// Cases that had passed under another setting, and passed again.
    again: u64,
    not_run: Vec<String>,
    took: Duration,
    /// Of all steps so far, lent by the report.
    programs: BTreeMap<String, Runs>,
}

impl Report {
    pub(crate) fn new(strict: bool) -> Self {
        Self { style: Style::of_stdout(), strict, steps: Vec::new(), programs: BTreeMap::new() }
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
            again: 0,
            not_run: Vec::new(),
            took: Duration::ZERO,
            programs: mem::take(&mut self.programs),
        };
        if let Err(error) = suite(&mut step) {
            step.case("the suite itself", Err(error));
        } else if step.passed + step.failed + step.again == 0 && step.not_run.is_empty() {
            step.case("the suite itself", Err(anyhow!("nothing ran")));
        }
        self.programs = mem::take(&mut step.programs);
        step.took = started.elapsed();
        println!("   {}", step.line());
        self.steps.push(step);
    }

    /// Prints the summary; its last line is `N passed, N failed`, in which each case counts once, however often it ran.
    /// An error when anything failed.
    pub(crate) fn finish(self) -> Result<()> {
        let (mut passed, mut failed) = (0, 0);
        println!("\n{}", self.style.bold("== summary"));
        for step in &self.steps {
            let mark = match step {
                Step { failed: 1.., .. } => self.style.bad("FAIL"),
                Step { passed: 0, again: 0, .. } => self.style.bad("none"),
                Step { not_run, .. } if !not_run.is_empty() => self.style.bad("part"),
                _ => self.style.good("ok  "),
            };
            println!("{mark} {:<18} {}", step.name, step.line());
            passed += step.passed;
            failed += step.failed;
        }
        for left_out in self.steps.iter().flat_map(|step| &step.not_run) {
            println!("{}", self.style.bad(&format!("not run: {left_out}")));
        }
        if let Some(line) = self.reruns() {
            println!("{line}");
        }
        if let Some(table) = self.slowest() {
            print!("\n{}\n{table}", self.style.bold("where the time went"));
        }
        println!("{passed} passed, {failed} failed");
        if failed > 0 {
            bail!("{failed} failed");
        }
        Ok(())
    }

    /// The suites that took longest; nothing of a few, whose lines say it already.
    fn slowest(&self) -> Option<String> {
        const MOST: usize = 8;
        if self.steps.len() <= MOST {
            return None;
        }
        let all: Duration = self.steps.iter().map(|step| step.took).sum();
        let mut steps: Vec<&Step> = self.steps.iter().collect();
        steps.sort_by_key(|step| std::cmp::Reverse(step.took));
        let mut table = Table::new(&["suite", "seconds", "of all"]);
        for step in &steps[..MOST] {
            let share = 100.0 * step.took.as_secs_f64() / all.as_secs_f64();
            let cells = [step.name.clone(), format!("{:.0}", step.took.as_secs_f64()), format!("{share:.0} %")];
            table.row(cells.iter().map(|cell| Cell::plain(cell)).collect());
        }
        table.row(
            [format!("all {}", steps.len()), format!("{:.0}", all.as_secs_f64())]
                .iter()
                .map(|cell| Cell::plain(cell))
                .collect(),
        );
        Some(table.show(self.style))
    }

    /// How many of the cases ran more than once, and under what.
    fn reruns(&self) -> Option<String> {
        let repeated = self.programs.values().filter(|runs| !runs.again.is_empty());
        let cases: u64 = repeated.clone().map(|runs| runs.cases).sum();
        let settings: BTreeSet<&str> = repeated.flat_map(|runs| &runs.again).map(String::as_str).collect();
        let names: Vec<&str> = settings.into_iter().collect();
        let (count, names) = (names.len(), names.join(", "));
        let noun = if count == 1 { "setting" } else { "settings" };
        (count > 0).then(|| format!("{cases} of them were run again under {count} other {noun}: {names}"))
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

    /// Counts the cases of a program that runs under several settings: those of its first run. When it runs again, it
    /// must pass as many, but they are no more cases.
    pub(crate) fn count_under(&mut self, setting: &str, program: &str, cases: Result<u64>) {
        let name = format!("{program} ({setting})");
        match (cases, self.programs.get_mut(program)) {
            (Ok(cases @ 1..), Some(runs)) if cases == runs.cases => {
                runs.again.push(setting.to_owned());
                self.again += cases;
                println!("   {} {name}: {cases} again", self.style.faint("ok"));
            }
            (Ok(cases @ 1..), Some(runs)) => {
                let error = anyhow!("it counted {cases} cases, and {} before", runs.cases);
                self.case(name, Err(error));
            }
            (Ok(cases @ 1..), None) => {
                self.programs.insert(program.to_owned(), Runs { cases, again: Vec::new() });
                self.count(name, Ok(cases));
            }
            (cases, _) => self.count(name, cases),
        }
    }

    /// Takes over from a program that counts for itself how many of its cases it ran again, under this setting.
    pub(crate) fn ran_again(&mut self, setting: &str, cases: u64) {
        self.again += cases;
        self.programs.insert(format!("{}, {setting}", self.name), Runs { cases, again: vec![setting.to_owned()] });
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
        let again = if self.again > 0 { format!(", {} again", self.again) } else { String::new() };
        format!("{} passed, {} failed{again} ({:.1} s)", self.passed, self.failed, self.took.as_secs_f64())
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

    /// A report of one program that ran under these settings, each in a suite of its own.
    fn of_one_program(runs: Vec<(&str, Result<u64>)>) -> Report {
        let mut report = Report::new(false);
        for (setting, cases) in runs {
            report.step(setting, |step| {
                step.count_under(setting, "program", cases);
                Ok(())
            });
        }
        report
    }

    fn totals(report: &Report) -> (u64, u64) {
        report.steps.iter().fold((0, 0), |(passed, failed), step| (passed + step.passed, failed + step.failed))
    }

    #[test]
    fn cases_that_run_again_are_counted_once() {
        let report = of_one_program(vec![("c99", Ok(3)), ("c11", Ok(3)), ("valgrind", Ok(3))]);
        assert_eq!(totals(&report), (3, 0));
        assert_eq!(report.reruns().unwrap(), "3 of them were run again under 2 other settings: c11, valgrind");
        assert!(report.finish().is_ok());

        let once = of_one_program(vec![("valgrind", Ok(3))]);
        assert_eq!((totals(&once), once.reruns()), ((3, 0), None));
    }

    #[test]
    fn a_program_may_tell_what_it_ran_again() {
        let mut report = of_one_program(vec![("c99", Ok(3)), ("c11", Ok(3))]);
        report.step("python", |step| {
            step.count("python", Ok(5));
            step.ran_again("sdist", 2);
            Ok(())
        });
        assert_eq!(totals(&report), (8, 0));
        assert_eq!(report.reruns().unwrap(), "5 of them were run again under 2 other settings: c11, sdist");
    }

    #[test]
    fn what_fails_when_it_runs_again_fails_the_run() {
        for second in [bail_out().map(|()| 3), Ok(0), Ok(2), Ok(4)] {
            let mut report = Report::new(false);
            report.step("suite", |step| {
                step.count_under("c99", "program", Ok(3));
                step.count_under("c11", "program", second);
                Ok(())
            });
            assert_eq!(totals(&report), (3, 1));
            assert!(report.finish().is_err());
        }
        // A program that failed at first is counted where it passes.
        assert_eq!(totals(&of_one_program(vec![("c99", bail_out().map(|()| 3)), ("c11", Ok(3))])), (3, 1));
    }

    #[test]
    fn the_slowest_suites_are_named_where_there_are_many() {
        let mut report = Report::new(false);
        for number in 0..10 {
            report.step(&format!("suite {number}"), |step| {
                step.case("a", Ok(()));
                Ok(())
            });
            report.steps.iter_mut().for_each(|step| step.took += Duration::from_secs(1));
        }
        let table = report.slowest().unwrap();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 10);
        assert!(lines[1].starts_with("suite 0") && lines[1].contains("10"), "{table}");
        assert!(lines[9].starts_with("all 10") && lines[9].ends_with("55"), "{table}");
        report.steps.truncate(8);
        assert_eq!(report.slowest(), None);
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
