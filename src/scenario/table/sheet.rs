//! The cells of a text: which character separates them, what is a comment, and how numbers are written.

use super::error::TableError;
use super::limit;
use super::number::{Mark, Tells, shortened, tells};
use super::words::{in_parentheses, listed};
use std::collections::BTreeMap;

/// The cells of a table: a header and lines as long as it.
#[derive(Debug)]
pub struct Sheet {
    /// Format of the table.
    pub form: String,
    /// Notes on what was left out, with its lines.
    pub notes: Vec<String>,
    /// The decimal mark of all its numbers.
    pub mark: Mark,
    /// The names of the columns; that of the first may be empty.
    pub header: Vec<String>,
    /// The lines below; none is empty.
    pub lines: Vec<Line>,
}

/// A line of a table.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its cells, without the blanks around them; as many as the header has.
    pub cells: Vec<String>,
    /// Number of cells that the text has there.
    pub n_written: usize,
}

/// Separator of the cells of a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Form {
    Delimited(char),
    Markdown,
}

impl Form {
    fn name(self) -> String {
        match self {
            Self::Delimited(',') => "separated by commas".into(),
            Self::Delimited(';') => "separated by semicolons".into(),
            Self::Delimited('\t') => "separated by tabs".into(),
            Self::Delimited(c) => format!("separated by `{c}`"),
            Self::Markdown => "in Markdown".into(),
        }
    }
}

impl Sheet {
    /// The table in a text.
    ///
    /// # Errors
    /// Returns why the text is not one table of which each cell has a column.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let text = text.trim_start_matches('\u{feff}');
        let (form, lines) = separated(text)?;
        let (lines, mut notes) = without_comments(text, lines, form)?;
        let width = commonest(&lines).filter(|width| *width > 1).ok_or(TableError::NoAreas)?;
        let mut lines = lines;
        // A heading stands alone in its line.
        while let [first, ..] = &lines[..] {
            let filled: Vec<&String> = first.cells.iter().filter(|cell| !cell.is_empty()).collect();
            let [heading] = filled[..] else { break };
            if first.cells.len() >= width && lines.len() > 1 && first.cells[0].is_empty() {
                break;
            }
            notes.push(format!("Left out line {}, a heading: `{}`", first.number, shortened(heading)));
            lines.remove(0);
        }
        if lines.is_empty() {
            return Err(TableError::NoAreas);
        }
        let header = lines.remove(0);
        let mut sheet = Self { form: form.name(), notes, mark: Mark::Point, header: header.cells, lines };
        sheet.square()?;
        sheet.mark = sheet.decimal_mark(form)?;
        if sheet.mark == Mark::Comma {
            sheet.form += ", and its numbers have decimal commas";
        }
        Ok(sheet)
    }

    /// Gives all lines the length of the header, and leaves out empty columns.
    fn square(&mut self) -> Result<(), TableError> {
        while self.header.last().is_some_and(String::is_empty) {
            self.header.pop();
        }
        let width = self.header.len();
        let most = limit::AREAS.max(limit::FACTORS);
        // With the names, and with weights and groups.
        if width > most + 3 {
            return Err(TableError::TooManyColumns { n: width - 1, most });
        }
        for line in &mut self.lines {
            let filled = line.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            if filled > width {
                return Err(TableError::LongLine { line: line.number, found: filled, expected: width });
            }
            line.cells.resize(width, String::new());
        }
        let is_empty = |column: usize| self.lines.iter().all(|line| line.cells[column].is_empty());
        let unnamed: Vec<usize> = (1..width).filter(|&column| self.header[column].is_empty()).collect();
        if let Some(column) = unnamed.iter().find(|&&column| !is_empty(column)) {
            return Err(TableError::UnnamedColumn { column: column + 1 });
        }
        let keep = |cells: &mut Vec<String>| {
            let mut column = 0;
            cells.retain(|_| {
                column += 1;
                !unnamed.contains(&(column - 1))
            });
        };
        keep(&mut self.header);
        self.lines.iter_mut().for_each(|line| keep(&mut line.cells));
        Ok(())
    }

    /// The decimal mark that all numbers of the table agree with.
    fn decimal_mark(&self, form: Form) -> Result<Mark, TableError> {
        let mut certain: BTreeMap<char, (String, String)> = BTreeMap::new();
        let mut either: BTreeMap<char, (String, String)> = BTreeMap::new();
        let cells = self.lines.iter().flat_map(|line| {
            let cells = line.cells.iter().zip(&self.header).enumerate();
            cells.map(move |(n, (cell, column))| (n, cell.as_str(), place(line.number, column)))
        });
        let names = self.header.iter().map(|name| (0, name.as_str(), "the header".to_owned()));
        for (column, cell, place) in cells.chain(names) {
            // Names hold numbers in parentheses alone.
            let cell = if column == 0 { in_parentheses(cell).map_or("", |(_, inside)| inside) } else { cell };
            let (found, mark) = match tells(cell) {
                Tells::Nothing => continue,
                Tells::Certain(mark) => (&mut certain, mark),
                Tells::Either(mark) => (&mut either, mark),
            };
            let name = if mark == Mark::Comma { ',' } else { '.' };
            found.entry(name).or_insert_with(|| (place, shortened(cell)));
        }
        match (certain.get(&'.'), certain.get(&',')) {
            (Some((point_place, point)), Some((comma_place, comma))) => {
                return Err(TableError::TwoMarks {
                    point: point.clone(),
                    point_place: point_place.clone(),
                    comma: comma.clone(),
                    comma_place: comma_place.clone(),
                });
            }
            (Some(_), None) => return Ok(Mark::Point),
            (None, Some(_)) => return Ok(Mark::Comma),
            (None, None) => {}
        }
        let doubtful = either.get(&',').or_else(|| {
            // Files with semicolons come from where the comma is the decimal mark.
            let is_foreign = form == Form::Delimited(';');
            either.get(&'.').filter(|_| is_foreign)
        });
        match doubtful {
            Some((place, cell)) => Err(TableError::DoubtfulMark { place: place.clone(), cell: cell.clone() }),
            None => Ok(Mark::Point),
        }
    }
}

/// The place of a cell.
pub fn place(line: usize, column: &str) -> String {
    format!("line {line}, column `{}`", shortened(column))
}

/// Recognizes the separator of the cells of a text, and splits its lines.
fn separated(text: &str) -> Result<(Form, Vec<Line>), TableError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (first, opening) = lines.next().ok_or(TableError::NoAreas)?;
    if let Some(stated) = opening.trim_end().get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")) {
        let mut stated = opening.trim_end_matches(['\r', '\n'])[stated.len()..].chars();
        let delimiter = stated.next().ok_or(TableError::NoSeparator)?;
        let form = Form::Delimited(delimiter);
        let mut lines = delimited(text, delimiter)?;
        lines.retain(|line| line.number > first + 1);
        return Ok((form, lines));
    }
    let is_rule = |line: &str| line.contains('|') && is_rule(&bars(line));
    let is_table = |line: &str| line.trim_start().starts_with('|');
    if text.lines().any(is_rule) || text.lines().any(is_table) {
        return Ok((Form::Markdown, markdown(text)?));
    }
    let mut best: Option<(f64, usize, Form, Vec<Line>)> = None;
    let mut failure = None;
    for delimiter in ['\t', ';', ','] {
        let lines = match delimited(text, delimiter) {
            Ok(lines) => lines,
            Err(why) => {
                failure.get_or_insert(why);
                continue;
            }
        };
        let Some(width) = commonest(&lines).filter(|width| *width > 1) else { continue };
        let share = lines.iter().filter(|line| line.cells.len() == width).count() as f64 / lines.len() as f64;
        if best.as_ref().is_none_or(|(most, widest, ..)| (share, width) > (*most, *widest)) {
            best = Some((share, width, Form::Delimited(delimiter), lines));
        }
    }
    match (best, failure) {
        (Some((.., form, lines)), _) => Ok((form, lines)),
        (None, failure) => Err(failure.unwrap_or(TableError::NoAreas)),
    }
}

/// Returns the number of cells that most lines have.
fn commonest(lines: &[Line]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.cells.len() > 1) {
        *counts.entry(line.cells.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, n)| (*n, *width)).map(|(width, _)| width)
}

/// The lines of a text whose cells are separated by a character, where a cell in quotation marks may hold anything; empty lines are left
/// out.
fn delimited(text: &str, delimiter: char) -> Result<Vec<Line>, TableError> {
    let mut lines = Vec::new();
    let (mut number, mut start) = (1, 1);
    let (mut cells, mut cell) = (Vec::new(), String::new());
    // Whether a quotation mark is open, and whether this cell had one.
    let (mut open, mut quoted) = (false, false);
    let mut rest = text.chars().peekable();
    let end = |cells: &mut Vec<String>, cell: &mut String, quoted: &mut bool| {
        cells.push(cell.trim().to_owned());
        cell.clear();
        *quoted = false;
    };
    let finish = |cells: &mut Vec<String>, start: usize, lines: &mut Vec<Line>| {
        if cells.iter().any(|cell| !cell.is_empty()) {
            let n_written = cells.len();
            lines.push(Line { number: start, cells: std::mem::take(cells), n_written });
        }
        cells.clear();
    };
    while let Some(c) = rest.next() {
        match c {
            '"' if open && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' if open => open = false,
            '"' if !quoted && cell.trim().is_empty() => (open, quoted) = (true, true),
            c if c == delimiter && !open => end(&mut cells, &mut cell, &mut quoted),
            '\r' if !open => {}
            '\n' => {
                number += 1;
                if open {
                    cell.push(' ');
                } else {
                    end(&mut cells, &mut cell, &mut quoted);
                    finish(&mut cells, start, &mut lines);
                    start = number;
                }
            }
            c => cell.push(c),
        }
    }
    if open {
        return Err(TableError::OpenQuote { line: start });
    }
    end(&mut cells, &mut cell, &mut quoted);
    finish(&mut cells, start, &mut lines);
    Ok(lines)
}

/// The lines of the one table in a text in Markdown; other lines have a single cell.
fn markdown(text: &str) -> Result<Vec<Line>, TableError> {
    let mut lines = Vec::new();
    let mut rule = None;
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = n + 1;
        if !line.contains('|') {
            lines.push(Line { number, cells: vec![line.trim().to_owned()], n_written: 1 });
            continue;
        }
        let cells = bars(line);
        if !is_rule(&cells) {
            let n_written = cells.len();
            lines.push(Line { number, cells, n_written });
        } else if let Some(first) = rule.replace(number) {
            return Err(TableError::TwoTables { first, second: number });
        }
    }
    Ok(lines)
}

/// The cells of a line of a table in Markdown, without emphasis.
fn bars(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some(escaped) if escaped.is_ascii_punctuation() => cell.push(escaped),
                other => cell.extend(['\\'].into_iter().chain(other)),
            },
            '|' => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !cell.trim().is_empty() {
        cells.push(cell);
    }
    cells.iter().map(|cell| plain(cell.trim()).to_owned()).collect()
}

/// A cell without the marks of emphasis around it.
fn plain(cell: &str) -> &str {
    for mark in ["**", "__", "*", "_", "`"] {
        if let Some(inside) = cell.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            return plain(inside.trim());
        }
    }
    cell
}

/// Returns true if the cells of a line draw the rule under the header.
fn is_rule(cells: &[String]) -> bool {
    let dashes = |cell: &String| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' '));
    !cells.is_empty() && cells.iter().all(dashes)
}

/// The lines without comments and what is no part of a table, and what was left out.
fn without_comments(
    text: &str,
    lines: Vec<Line>,
    form: Form,
) -> Result<(Vec<Line>, Vec<String>), TableError> {
    let raw: Vec<&str> = text.lines().collect();
    let is_comment = |line: &Line| raw[line.number - 1].trim_start().starts_with('#');
    let is_text = |line: &Line| form == Form::Markdown && !raw[line.number - 1].contains('|');
    let (comments, rest): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(is_comment);
    let (texts, rest): (Vec<Line>, Vec<Line>) = rest.into_iter().partition(is_text);
    let width = commonest(&rest);
    if let Some(line) = comments.iter().find(|line| Some(line.cells.len()) == width) {
        return Err(TableError::CommentLikeLine { line: line.number });
    }
    let numbers = |lines: &[Line]| listed(lines.iter().map(|line| line.number.to_string()));
    let mut notes = Vec::new();
    for (lines, what) in [(comments, "comments"), (texts, "text around the table")] {
        if !lines.is_empty() {
            notes.push(format!("Left out as {what}: line {}", numbers(&lines)));
        }
    }
    Ok((rest, notes))
}
