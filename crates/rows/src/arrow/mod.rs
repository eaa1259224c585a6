//! Rows in columns of Apache Arrow: a stream of them in, the same with tokens out.

mod batch;
mod columns;
mod issue;

pub use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
pub use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
pub use arrow_array::{RecordBatch, RecordBatchReader, make_array};
pub use arrow_schema::{ArrowError, Field, SchemaRef};

pub use self::batch::{Batch, Table};
pub use self::issue::{ADDED, Before, Issue};
