//! Text in columns that stand straight, whatever the script: 松 takes two.

use std::io::{self, Write};

use super::format::columns;

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// Rows under a line of headings.
#[derive(Clone, Debug)]
pub(super) struct Table<const N: usize> {
    align: [Align; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// A table with these headings and no rows.
    pub(super) fn new(headings: [(&str, Align); N]) -> Self {
        let align = headings.map(|(_, align)| align);
        Self { align, rows: vec![headings.map(|(heading, _)| heading.to_owned())] }
    }

    /// A table without headings; the first column says what the others are.
    pub(super) fn bare(align: [Align; N]) -> Self {
        Self { align, rows: Vec::new() }
    }

    /// Adds a row. The cells are what the program says or
    /// [`plain`](super::format::plain) text.
    pub(super) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    /// Writes headings and rows, two spaces in.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut widths = [0; N];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = columns(cell).max(*width);
            }
        }
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let space = " ".repeat(widths[column] - columns(cell));
                line.push_str("  ");
                match self.align[column] {
                    Align::Left => line.extend([cell.as_str(), &space]),
                    Align::Right => line.extend([space.as_str(), cell]),
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_straight_in_chinese_too() {
        let mut table =
            Table::new([("street", Align::Left), ("length", Align::Right), ("turn", Align::Left)]);
        table.row(["东方大道".to_owned(), "1.9 km".to_owned(), "left".to_owned()]);
        table.row(["G107".to_owned(), "12 m".to_owned(), String::new()]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        let expected = "  street    length  turn\n  \
                          东方大道  1.9 km  left\n  \
                          G107        12 m\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
