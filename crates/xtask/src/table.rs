//! A table for people: columns as wide as their widest cell.

use std::fmt::Write as _;

use crate::style::Style;

pub(crate) struct Cell {
    text: String,
    paint: fn(Style, &str) -> String,
}

impl Cell {
    pub(crate) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), paint: |_, text| text.to_owned() }
    }

    pub(crate) fn good(text: &str) -> Self {
        Self { text: text.to_owned(), paint: Style::good }
    }

    pub(crate) fn bad(text: &str) -> Self {
        Self { text: text.to_owned(), paint: Style::bad }
    }
}

pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(crate) fn new(head: &[&str]) -> Self {
        let head = head.iter().map(|text| Cell { text: (*text).to_owned(), paint: Style::faint }).collect();
        Self { rows: vec![head] }
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    pub(crate) fn show(&self, style: Style) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut shown = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let padding = " ".repeat(width + 2 - cell.text.chars().count());
                let _ = write!(line, "{}{padding}", (cell.paint)(style, &cell.text));
            }
            let _ = writeln!(shown, "{}", line.trim_end());
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new(&["a", "long head"]);
        table.row(vec![Cell::plain("wide cell"), Cell::good("b")]);
        assert_eq!(table.show(Style::plain()), "a          long head\nwide cell  b\n");
    }
}
