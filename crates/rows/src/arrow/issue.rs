//! A stream of rows that comes out with a token for each.

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;

use agora_token::{IssuedToken, Stamp};
use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::batch::Table;
use super::columns::{Cells, check};
use crate::{Column, Header, Minter, Row, RowError};

/// The columns that the output adds: text, three numbers of Unix seconds, text. Each is null where there is none.
pub const ADDED: [&str; 5] = ["token", "issued_at", "expires_at", "refresh_after", "error"];

/// Rows of one batch that comes out: what a processor mints in some ten milliseconds.
const SLICE: usize = 16 << 10;

/// Rows for which another thread is worth its start.
const LEAST: usize = 1 << 10;

/// What is asked before so many rows are minted, on the thread that wants them: whether to go on, and with which times
/// and salts; without any, those of the issuer.
pub type Before = Box<dyn FnMut(usize) -> Result<Option<Vec<Stamp>>, ArrowError> + Send>;

/// Mints for the rows of a stream as its own are asked for: it holds one batch that came in and what of it is minted,
/// at most 16,384 rows for each thread.
pub struct Issue {
    work: Work,
    input: Table,
    threads: usize,
    before: Before,
    rest: Option<RecordBatch>,
    ready: VecDeque<RecordBatch>,
    has_ended: bool,
}

/// What the threads share.
struct Work {
    minter: Minter,
    /// Where the columns are that mean something.
    columns: Vec<(Column, usize)>,
    schema: SchemaRef,
}

impl Issue {
    /// `threads` is at most how many mint at once, all processors unless told.
    ///
    /// # Errors
    /// A stream of something else than rows, and columns of names or types that cannot be used.
    pub fn new(
        minter: Minter,
        input: Table,
        threads: Option<NonZero<usize>>,
        before: Before,
    ) -> Result<Issue, RowError> {
        let DataType::Struct(fields) = input.field().data_type() else {
            return Err(RowError::new(
                "",
                format!("a table expected, a column of {} found", input.field().data_type()),
            ));
        };
        let names = fields.iter().map(|field| field.name().as_str());
        let header = Header::new("the table", names, &ADDED, &minter.defaults)?;
        let columns: Vec<_> =
            Column::ALL.into_iter().filter_map(|column| Some((column, header.position(column)?))).collect();
        for (column, index) in &columns {
            check(*column, fields[*index].data_type())?;
        }
        let of_text = |name: &str| Arc::new(Field::new(name, DataType::Utf8, true));
        let of_number = |name: &str| Arc::new(Field::new(name, DataType::Int64, true));
        let [token, issued_at, expires_at, refresh_after, error] = ADDED;
        let numbers = [issued_at, expires_at, refresh_after].map(of_number);
        let added = [of_text(token)].into_iter().chain(numbers).chain([of_text(error)]);
        let fields: Vec<_> = fields.iter().cloned().chain(added).collect();
        let schema = Arc::new(Schema::new(fields).with_metadata(input.field().metadata().clone()));
        let threads = threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
        let (rest, ready) = (None, VecDeque::new());
        Ok(Issue { work: Work { minter, columns, schema }, input, threads, before, rest, ready, has_ended: false })
    }

    /// Mints for what comes next; `false` at the end.
    fn fill(&mut self) -> Result<bool, ArrowError> {
        let batch = match self.rest.take() {
            Some(batch) => batch,
            None => match self.input.next() {
                None => return Ok(false),
                Some(rows) => batch(&rows?)?,
            },
        };
        let now = batch.num_rows().min(self.threads.saturating_mul(SLICE));
        if now < batch.num_rows() {
            self.rest = Some(batch.slice(now, batch.num_rows() - now));
        }
        let stamps = (self.before)(now)?;
        let each = now.div_ceil(self.threads).max(LEAST);
        let work = &self.work;
        let issue = |start: usize| {
            let stamps = stamps.as_deref().map(|stamps| &stamps[start..now.min(start + each)]);
            work.slice(&batch.slice(start, each.min(now - start)), stamps)
        };
        let issue = &issue;
        // `thread::scope` allocates a handle for the calling thread that is never freed: rows for one do without.
        if each >= now {
            self.ready.push_back(issue(0)?);
            return Ok(true);
        }
        // The threads last no longer than their rows, so that a process which forks meanwhile misses none of them.
        self.ready = thread::scope(|scope| {
            let spawn = |start| {
                // Where a container allows no more threads, this one does their rows too.
                thread::Builder::new().spawn_scoped(scope, move || issue(start)).map_err(|_| start)
            };
            let others: Vec<_> = (each..now).step_by(each).map(spawn).collect();
            let first = issue(0);
            let others = others.into_iter().map(|other| match other {
                Ok(thread) => thread.join().unwrap_or_else(|_| Err(internal())),
                Err(start) => issue(start),
            });
            [first].into_iter().chain(others).collect::<Result<_, _>>()
        })?;
        Ok(true)
    }
}

impl Work {
    fn slice(&self, rows: &RecordBatch, stamps: Option<&[Stamp]>) -> Result<RecordBatch, ArrowError> {
        let cells: Vec<_> = (self.columns.iter())
            .map(|(column, index)| Ok((*column, Cells::of(rows.column(*index))?)))
            .collect::<Result<_, ArrowError>>()?;
        let mut output = Output::with_capacity(rows.num_rows());
        for row in 0..rows.num_rows() {
            output.push(self.issue(&cells, row, stamps.map(|stamps| stamps[row])))?;
        }
        let columns = rows.columns().iter().cloned().chain(output.finish()).collect();
        RecordBatch::try_new(self.schema.clone(), columns)
    }

    fn issue(&self, cells: &[(Column, Cells<'_>)], at: usize, stamp: Option<Stamp>) -> Result<IssuedToken, RowError> {
        let mut row = Row::default();
        for (column, cells) in cells {
            row.set(*column, cells.cell(*column, at)?);
        }
        match stamp {
            None => self.minter.issue(row),
            Some(stamp) => self.minter.issue_at(row, stamp),
        }
    }
}

fn batch(rows: &ArrayRef) -> Result<RecordBatch, ArrowError> {
    let rows = rows.as_struct_opt().ok_or_else(internal)?;
    if rows.null_count() > 0 {
        return Err(ArrowError::InvalidArgumentError("a row of the table is null as a whole".to_owned()));
    }
    RecordBatch::try_new_with_options(
        Arc::new(Schema::new(rows.fields().clone())),
        rows.columns().to_vec(),
        &arrow_array::RecordBatchOptions::new().with_row_count(Some(rows.len())),
    )
}

impl Iterator for Issue {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.has_ended {
            // Whoever asks may be C, which no panic may enter.
            match panic::catch_unwind(AssertUnwindSafe(|| self.fill())).unwrap_or_else(|_| Err(internal())) {
                Ok(more) => self.has_ended = !more,
                Err(error) => {
                    self.has_ended = true;
                    return Some(Err(error));
                }
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

impl RecordBatchReader for Issue {
    fn schema(&self) -> SchemaRef {
        self.work.schema.clone()
    }
}

fn internal() -> ArrowError {
    ArrowError::ComputeError("internal error: please report it".to_owned())
}

/// The columns that are added.
struct Output {
    tokens: StringBuilder,
    times: [Int64Builder; 3],
    errors: StringBuilder,
}

impl Output {
    fn with_capacity(rows: usize) -> Output {
        /// What a token for one service takes, nearly.
        const TOKEN: usize = 192;
        Output {
            tokens: StringBuilder::with_capacity(rows, rows * TOKEN),
            times: std::array::from_fn(|_| Int64Builder::with_capacity(rows)),
            errors: StringBuilder::with_capacity(rows, 0),
        }
    }

    /// A failure of the system would repeat for every row: it ends the stream.
    fn push(&mut self, issued: Result<IssuedToken, RowError>) -> Result<(), ArrowError> {
        match issued {
            Ok(issued) => {
                self.tokens.append_value(issued.token);
                let times = [issued.issued_at, issued.expires_at, issued.refresh_after];
                for (column, time) in self.times.iter_mut().zip(times) {
                    column.append_option(i64::try_from(time.as_secs()).ok());
                }
                self.errors.append_null();
            }
            Err(error) if error.is_of_system() => return Err(ArrowError::ExternalError(Box::new(error))),
            Err(error) => {
                self.tokens.append_null();
                self.times.iter_mut().for_each(Int64Builder::append_null);
                self.errors.append_value(error.to_string());
            }
        }
        Ok(())
    }

    fn finish(mut self) -> impl Iterator<Item = ArrayRef> {
        let tokens: ArrayRef = Arc::new(self.tokens.finish());
        let times = self.times.map(|mut times| Arc::new(times.finish()) as ArrayRef);
        let errors: ArrayRef = Arc::new(self.errors.finish());
        [tokens].into_iter().chain(times).chain([errors])
    }
}
