//! The pages as a site, by mdBook. They stand where they are on their own, and link to each other and to sources: here
//! they are gathered, and what is no page is linked where the repository has it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::shell;
use crate::tools::Fetched;
use crate::workspace::{Workspace, empty_folder, ends_in, files_under};

/// Builds the site in `out`; gives how many links lead somewhere. One that leads nowhere is an error.
pub(crate) fn build(workspace: &Workspace, out: &Path) -> Result<u64> {
    let out = std::path::absolute(out)?;
    let book = workspace.scratch("site");
    empty_folder(&book)?;
    let from = workspace.root.join("docs/site");
    fs::copy(from.join("book.toml"), book.join("book.toml"))?;
    let summary = fs::read_to_string(from.join("SUMMARY.md"))?;
    let pages: BTreeSet<PathBuf> = targets(&summary).into_iter().map(|(_, target)| PathBuf::from(target)).collect();
    for page in files_under(&workspace.root.join("docs"))?.iter().filter(|file| ends_in(file, &["md"])) {
        let page = page.strip_prefix(&workspace.root)?;
        let is_there = pages.contains(page) || page.starts_with("docs/site");
        ensure!(is_there, "docs/site/SUMMARY.md does not name {}", page.display());
    }
    let source = book.join("src");
    put(&source.join("SUMMARY.md"), summary.as_bytes())?;
    let sources = repository(workspace)?;
    for page in &pages {
        let text = fs::read_to_string(workspace.root.join(page)).with_context(|| page.display().to_string())?;
        let text = linked(workspace, &text, page, &pages, &sources).with_context(|| page.display().to_string())?;
        put(&source.join(page), text.as_bytes())?;
    }
    for picture in files_under(&workspace.root.join("docs"))?.iter().filter(|file| ends_in(file, &["svg"])) {
        put(&source.join(picture.strip_prefix(&workspace.root)?), &fs::read(picture)?)?;
    }
    let mut mdbook = Fetched::get(workspace)?.mdbook();
    shell::capture(mdbook.arg("build").arg(&book).arg("--dest-dir").arg(&out))?;
    check(&out)
}

/// The address of the repository, which Cargo.toml says.
fn repository(workspace: &Workspace) -> Result<String> {
    let manifest = fs::read_to_string(workspace.root.join("Cargo.toml"))?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("repository = \"")).context("no repository")?;
    Ok(line.trim_end_matches('"').to_owned())
}

/// The page's text, in which a link to what is no page leads to the repository.
fn linked(
    workspace: &Workspace,
    text: &str,
    page: &Path,
    pages: &BTreeSet<PathBuf>,
    repository: &str,
) -> Result<String> {
    let mut linked = String::new();
    let mut at = 0;
    for (start, target) in targets(text) {
        let (path, _) = target.split_once('#').unwrap_or((target, ""));
        if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
            continue;
        }
        let file = normal(&page.parent().unwrap_or(page).join(path));
        let is_page = pages.contains(&file);
        if ends_in(&file, &["svg"]) || is_page && !file.ends_with("README.md") {
            continue;
        }
        ensure!(workspace.root.join(&file).exists(), "it links {target}, which is not there");
        linked += &text[at..start];
        linked += &if is_page {
            // mdBook makes them the index of their folder, and leaves links to them as they are.
            target.replace("README.md", "index.md")
        } else {
            format!("{repository}/tree/main/{}", file.display())
        };
        at = start + target.len();
    }
    Ok(linked + &text[at..])
}

/// Every target of a link in a Markdown text, outside of blocks of code, with its place.
fn targets(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut at, mut in_code) = (0, false);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            let mut from = 0;
            while let Some(start) = line[from..].find("](").map(|start| from + start + 2) {
                let Some(end) = line[start..].find(')') else { break };
                found.push((at + start, &line[start..start + end]));
                from = start + end;
            }
        }
        at += line.len();
    }
    found
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}

/// Follows every link of the site within it.
fn check(site: &Path) -> Result<u64> {
    let mut followed = 0;
    for page in files_under(site)?.into_iter().filter(|file| ends_in(file, &["html"])) {
        // The page for what is not found, and the one to print, are made of the others.
        if ["404.html", "print.html", "toc.html"].iter().any(|name| page.ends_with(name)) {
            continue;
        }
        let text = fs::read_to_string(&page)?;
        let links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links.filter(|link| !link.contains(':')) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if path.is_empty() { page.clone() } else { normal(&page.parent().unwrap_or(site).join(path)) };
            let place = page.strip_prefix(site)?.display();
            ensure!(file.exists(), "{place} links {link}, which is not there");
            if !anchor.is_empty() {
                let found = fs::read_to_string(&file)?.contains(&format!("id=\"{anchor}\""));
                ensure!(found, "{place} links {link}, which has no such heading");
            }
            followed += 1;
        }
    }
    Ok(followed)
}

fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(file.parent().unwrap_or(file))?;
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_outside_of_code() {
        let text = "a [b](c.md#d) and [e](f/g)\n```sh\n[h](i)\n```\n[j](https://k)\n";
        let found: Vec<&str> = targets(text).into_iter().map(|(_, target)| target).collect();
        assert_eq!(found, ["c.md#d", "f/g", "https://k"]);
        assert_eq!(normal(Path::new("docs/../crates/./core/README.md")), Path::new("crates/core/README.md"));
    }

    #[test]
    fn a_dead_link_is_found() {
        let site = std::env::temp_dir().join(format!("agora-token-site-{}", std::process::id()));
        let with = |page: &str| {
            empty_folder(&site).unwrap();
            put(&site.join("a.html"), page.as_bytes()).unwrap();
            put(&site.join("b/c.html"), b"<h1 id=\"here\">").unwrap();
            check(&site)
        };
        assert_eq!(with("<a href=\"b/c.html#here\"><a href=\"https://elsewhere\">").unwrap(), 1);
        assert!(with("<a href=\"b/d.html\">").is_err());
        assert!(with("<a href=\"b/c.html#there\">").is_err());
        fs::remove_dir_all(&site).unwrap();
    }
}
