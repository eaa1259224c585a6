//! Tables that come in, and a batch that stands alone.

use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_array::{Array, ArrayReader, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, Field, FieldRef};

/// A stream of rows. Its arrays are structures without nulls if it is one of rows.
pub type Table = Box<dyn ArrayReader + Send>;

/// One array as a stream.
pub struct Batch {
    field: FieldRef,
    array: Option<ArrayRef>,
}

impl Batch {
    /// An array with the type that its schema describes.
    pub fn new(field: Field, array: ArrayRef) -> Batch {
        Batch { field: Arc::new(field), array: Some(array) }
    }

    /// Rows as one array of structures.
    pub fn export(batch: &RecordBatch) -> FFI_ArrowArray {
        FFI_ArrowArray::new(&StructArray::from(batch.clone()).to_data())
    }
}

impl Iterator for Batch {
    type Item = Result<ArrayRef, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.array.take().map(Ok)
    }
}

impl ArrayReader for Batch {
    fn field(&self) -> &FieldRef {
        &self.field
    }
}
