//! RTM2 permissions as a frozen Python value.

use agora_token::{ErrorCode, Permissions, Text};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyMapping, PyTuple, PyType};

use crate::arguments::{Arg, in_range, integer, several, wire_text, wrong_type};
use crate::refusal::Outcome;
use crate::values::{hash_of, text_to_python};

const FIELD: &str = "permissions";

/// What an RTM2 user may read or write, made from {ResourceType: {PermissionType: [resource, ...]}}.
///
/// Args:
///     resources: such mappings, with each resource a str or bytes
///
/// Raises:
///     ConfigurationError: INVALID_PERMISSIONS
#[pyclass(name = "Permissions", module = "agora_token", frozen, eq, hash)]
#[derive(PartialEq)]
pub(crate) struct PyPermissions(pub(crate) Permissions<'static>);

impl std::hash::Hash for PyPermissions {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        hash_of(&self.0, state);
    }
}

#[pymethods]
impl PyPermissions {
    #[new]
    fn new(resources: Arg<'_, '_>) -> Outcome<PyPermissions> {
        permissions(resources).map(PyPermissions)
    }

    /// The same as nested dicts. A resource is a str, or bytes where it is no UTF-8.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for (resource_type, by_permission) in self.0.resource_types() {
            let permissions = PyDict::new(py);
            for (permission_type, resources) in by_permission {
                let resources = resources.iter().map(|resource| text_to_python(py, resource));
                permissions.set_item(permission_type, PyList::new(py, resources.collect::<Vec<_>>())?)?;
            }
            all.set_item(resource_type, permissions)?;
        }
        Ok(all)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Permissions({})", self.to_dict(py)?.repr()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
        Ok((py.get_type::<PyPermissions>(), PyTuple::new(py, [self.to_dict(py)?])?))
    }
}

/// From a [`PyPermissions`], or from what one is made of.
pub(crate) fn permissions(value: Arg<'_, '_>) -> Outcome<Permissions<'static>> {
    if let Ok(permissions) = value.cast::<PyPermissions>() {
        return Ok(permissions.get().0.clone());
    }
    let mut permissions = Permissions::new();
    for_each_entry(value, |resource_type, by_permission| {
        permissions.declare(resource_type);
        for_each_entry(by_permission, |permission_type, resources| {
            permissions.set(resource_type, permission_type, resources_of(resources)?);
            Ok(())
        })
    })?;
    Ok(permissions)
}

fn for_each_entry(value: Arg<'_, '_>, mut each: impl FnMut(u16, Arg<'_, '_>) -> Outcome<()>) -> Outcome<()> {
    let mapping = value.cast::<PyMapping>().map_err(|_| {
        wrong_type(ErrorCode::InvalidPermissions, FIELD, "a mapping of int to mapping of int to a list of str", value)
    })?;
    for entry in mapping.items()?.iter() {
        let (number, below): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
        each(number_of(&number)?, &below)?;
    }
    Ok(())
}

fn number_of(value: Arg<'_, '_>) -> Outcome<u16> {
    in_range(integer(value), value, ErrorCode::InvalidPermissions, FIELD, "keys")
}

fn resources_of(value: Arg<'_, '_>) -> Outcome<Vec<Text<'static>>> {
    let resources =
        several(value)?.ok_or_else(|| wrong_type(ErrorCode::InvalidPermissions, FIELD, "lists of resources", value))?;
    resources.map(|resource| wire_text(&resource?, ErrorCode::InvalidPermissions, FIELD)).collect()
}
