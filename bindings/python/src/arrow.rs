//! Tables of Apache Arrow, each row of which becomes a token. What passes between libraries are capsules of the Arrow
//! PyCapsule interface, so none of them is needed here.

use std::ffi::CStr;
use std::num::NonZero;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, MutexGuard, PoisonError};

use agora_token::{ErrorCode, Lifetime};
use agora_token_rows::arrow::{
    ArrayStreamReader, ArrowError, Batch, FFI_ArrowArray, FFI_ArrowArrayStream, FFI_ArrowSchema, Field, Issue,
    RecordBatch, RecordBatchReader, SchemaRef, Table, from_ffi, make_array,
};
use agora_token_rows::{Defaults, Minter, RowError, default_services};
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyString, PyTuple};

use crate::arguments::{Arg, integer, lifetime, must_be, role, several, text};
use crate::issuer::PyIssuer;
use crate::refusal::{Outcome, Refusal};
use crate::user::channel_of;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// Mints for each row of a table. Its face is `agora_token.arrow.issue`.
#[pyfunction]
#[pyo3(signature = (issuer, data, *, channel=None, role=None, services=None, lifetime=None, threads=None))]
pub(crate) fn issue_arrow(
    issuer: Bound<'_, PyIssuer>,
    data: Arg<'_, '_>,
    channel: Option<Arg<'_, '_>>,
    role: Option<Arg<'_, '_>>,
    services: Option<Arg<'_, '_>>,
    lifetime: Option<Arg<'_, '_>>,
    threads: Option<Arg<'_, '_>>,
) -> Outcome<IssuedRows> {
    let defaults = defaults(channel, role, services, lifetime)?;
    let threads = threads.map(threads_of).transpose()?;
    let table = table(data)?;
    let minter = Minter { issuer: issuer.get().core().clone(), defaults };
    let issuer = issuer.unbind();
    let before = move |rows| {
        let ask = |py: Python<'_>| -> PyResult<_> {
            py.check_signals()?;
            Ok(issuer.get().stamps(py, rows)?)
        };
        // None when the interpreter is ending.
        let stamps = Python::try_attach(ask).unwrap_or_else(|| Err(PyRuntimeError::new_err("Python is ending")));
        stamps.map_err(|error| ArrowError::ExternalError(Box::new(error)))
    };
    let issue = Issue::new(minter, table, threads, Box::new(before)).map_err(refusal)?;
    Ok(IssuedRows { schema: issue.schema(), issue: Mutex::new(Some(issue)) })
}

fn threads_of(threads: Arg<'_, '_>) -> Outcome<NonZero<usize>> {
    let number = integer(threads).ok().and_then(|number| usize::try_from(number).ok()).and_then(NonZero::new);
    number.ok_or_else(|| PyValueError::new_err("threads must be an int from 1 on").into())
}

fn defaults(
    channel: Option<Arg<'_, '_>>,
    of_role: Option<Arg<'_, '_>>,
    of_services: Option<Arg<'_, '_>>,
    of_lifetime: Option<Arg<'_, '_>>,
) -> Outcome<Defaults> {
    let mut defaults = Defaults::new("channel=");
    defaults.channel = channel.map(channel_of).transpose()?;
    if let Some(given) = of_role {
        defaults.role = role(given)?;
    }
    if let Some(given) = of_services {
        let names = match several(given)? {
            Some(names) => {
                names.map(|name| Ok(name?.cast_into::<PyString>()?.to_string())).collect::<PyResult<Vec<_>>>()?
            }
            None => vec![text(given, ErrorCode::NoServices, "services")?.to_owned()],
        };
        defaults.services = default_services(&names.join(","), "services")?;
    }
    if let Some(given) = of_lifetime {
        const FIELD: &str = "lifetime";
        defaults.lifetime = Lifetime::from_secs(lifetime(given, FIELD)?).map_err(|error| error.in_field(FIELD))?;
    }
    Ok(defaults)
}

/// What libraries give that know Arrow.
fn table(data: Arg<'_, '_>) -> Outcome<Table> {
    if let Some(method) = data.getattr_opt("__arrow_c_stream__")? {
        let capsule = method.call0()?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
        let stream = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name holds a stream, which is moved out of it.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr()) };
        let read = || Ok(Box::new(ArrayStreamReader::try_new(stream)?) as Table);
        return Ok(data.py().detach(|| taken_in(read)).map_err(exception)?);
    }
    if let Some(method) = data.getattr_opt("__arrow_c_array__")? {
        let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = method.call0()?.extract()?;
        let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
        let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
        // SAFETY: a schema lives as long as its capsule.
        let schema = unsafe { schema.as_ref() };
        // SAFETY: a capsule of this name holds an array, which is moved out of it.
        let array = unsafe { FFI_ArrowArray::from_raw(array.as_ptr()) };
        if array.is_released() {
            return Err(PyValueError::new_err("the array was taken already").into());
        }
        let read = || {
            let field = Field::try_from(schema)?;
            // SAFETY: it comes with its schema.
            Ok(Box::new(Batch::new(field, make_array(unsafe { from_ffi(array, schema) }?))) as Table)
        };
        return Ok(taken_in(read).map_err(exception)?);
    }
    Err(must_be("data", "a table with __arrow_c_stream__ or __arrow_c_array__", data))
}

/// What is no table as its schema says lets arrow-rs panic, which Python's `except Exception` would miss.
fn taken_in(read: impl FnOnce() -> Result<Table, ArrowError>) -> Result<Table, ArrowError> {
    panic::catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(ArrowError::CDataInterface("the table does not fit its schema".to_owned())))
}

/// The rows of a table with their tokens, minted as they are drawn and only once: give it to a library that takes Arrow
/// streams, or go through it batch by batch.
#[pyclass(module = "agora_token.arrow", frozen)]
pub(crate) struct IssuedRows {
    /// Nothing once it was taken. Waited for without the interpreter's lock, which minting may need.
    issue: Mutex<Option<Issue>>,
    schema: SchemaRef,
}

#[pymethods]
impl IssuedRows {
    /// The stream, which can be taken once. Its columns cannot be asked for in other types.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Arg<'_, 'py>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let issue = py.detach(|| self.lock().take());
        let issue = issue.ok_or_else(taken)?;
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(Detached(issue))), STREAM)
    }

    /// The columns: those of the table and token, issued_at, expires_at, refresh_after, error.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.schema)
    }

    fn __iter__(rows: PyRef<'_, Self>) -> PyRef<'_, Self> {
        rows
    }

    /// Mints the next batch.
    fn __next__(&self, py: Python<'_>) -> PyResult<Option<IssuedBatch>> {
        let drawn = py.detach(|| self.lock().as_mut().map(Iterator::next)).ok_or_else(taken)?;
        drawn.map(|drawn| drawn.map(IssuedBatch).map_err(exception)).transpose()
    }
}

fn taken() -> PyErr {
    PyValueError::new_err("the rows were taken already")
}

impl IssuedRows {
    fn lock(&self) -> MutexGuard<'_, Option<Issue>> {
        self.issue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Some rows with their tokens.
#[pyclass(module = "agora_token.arrow", frozen)]
pub(crate) struct IssuedBatch(RecordBatch);

#[pymethods]
impl IssuedBatch {
    /// The schema and the array. Its columns cannot be asked for in other types.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Arg<'_, 'py>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let _ = requested_schema;
        let array = PyCapsule::new_with_value(py, Batch::export(&self.0), ARRAY)?;
        PyTuple::new(py, [schema_capsule(py, self.0.schema_ref())?, array])
    }

    /// How many rows.
    fn __len__(&self) -> usize {
        self.0.num_rows()
    }
}

/// Whoever draws from a stream may hold the interpreter's lock or not, and never needs it while tokens are minted.
struct Detached(Issue);

impl Iterator for Detached {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let drawn = Python::try_attach(|py| py.detach(|| self.0.next()));
        let drawn = drawn.unwrap_or_else(|| Some(Err(ArrowError::ComputeError("Python is ending".to_owned()))));
        drawn.map(|drawn| {
            drawn.map_err(|error| {
                interrupt_again(&error);
                without_nul(error)
            })
        })
    }
}

impl RecordBatchReader for Detached {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
    }
}

/// A stream can only say that it failed. So that Ctrl-C ends more than the stream, Python is told of it once more.
fn interrupt_again(error: &ArrowError) {
    let ArrowError::ExternalError(error) = error else { return };
    let Some(error) = error.downcast_ref::<PyErr>() else { return };
    Python::try_attach(|py| {
        if error.is_instance_of::<PyKeyboardInterrupt>(py) {
            // SAFETY: the interpreter is there, which is all that this function needs.
            unsafe { ffi::PyErr_SetInterrupt() };
        }
    });
}

/// An exception may hold a NUL, on which arrow-rs panics where it hands the text to C: that would end the process.
fn without_nul(error: ArrowError) -> ArrowError {
    match &error {
        ArrowError::ExternalError(inner) => {
            let text = inner.to_string();
            if text.contains('\0') { ArrowError::ExternalError(text.replace('\0', "\\0").into()) } else { error }
        }
        _ => error,
    }
}

fn schema_capsule<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(exception)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

fn exception(error: ArrowError) -> PyErr {
    match error {
        ArrowError::ExternalError(error) => match error.downcast::<PyErr>() {
            Ok(error) => *error,
            Err(error) => match error.downcast::<RowError>() {
                Ok(error) => refusal(*error).into(),
                Err(error) => PyValueError::new_err(error.to_string()),
            },
        },
        error => PyValueError::new_err(error.to_string()),
    }
}

/// `INVALID_ROW` is no code of this library, so a table that cannot be used is a plain ValueError.
fn refusal(error: RowError) -> Refusal {
    match error.into_error() {
        Ok(error) => error.into(),
        Err(reason) => PyValueError::new_err(reason).into(),
    }
}
