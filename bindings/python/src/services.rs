//! The services of an AccessToken2 as frozen Python values: the base of their classes, which holds the core's
//! value. The classes themselves are generated.

use std::slice;

use agora_token::describe::{Field, FieldSource, FieldValue};
use agora_token::{ErrorCode, Permissions, Service, ServiceKind, ServiceType, Text, UnknownService};
use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::arguments::{
    Arg, in_range, integer, lifetime, must_be, privileges as privileges_of, wire_account, wire_text,
};
use crate::permissions::{PyPermissions, permissions as permissions_of};
use crate::refusal::{Outcome, Refusal};
use crate::values::{hash_of, privileges_to_python, text_to_python};

/// One service of an AccessToken2. Frozen; equal when all fields are.
#[pyclass(name = "Service", module = "agora_token", subclass, frozen, eq, hash)]
#[derive(PartialEq)]
pub(crate) struct PyService(pub(crate) Service<'static>);

impl std::hash::Hash for PyService {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        hash_of(&self.0, state);
    }
}

#[pymethods]
impl PyService {
    /// The number on the wire, a ServiceType.
    #[getter]
    fn service_type(&self) -> u16 {
        self.0.service_type().number()
    }

    /// The name in a decoded token's JSON, such as "rtc".
    #[getter]
    fn name(&self) -> &'static str {
        self.0.service_type().name()
    }

    /// What it grants, in seconds from the issue timestamp; 0 for as long as the token. A new dict each time.
    #[getter]
    fn privileges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        privileges_to_python(py, &self.0.privileges)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let fields = slf.get().fields(slf.py())?;
        let fields = fields.into_iter().map(|(name, value)| Ok(format!("{name}={}", value.repr()?)));
        Ok(format!("{}({})", slf.get_type().name()?, fields.collect::<PyResult<Vec<_>>>()?.join(", ")))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
        let values = slf.get().fields(slf.py())?.into_iter().map(|(_, value)| value);
        Ok((slf.get_type(), PyTuple::new(slf.py(), values.collect::<Vec<_>>())?))
    }
}

type Fields<'py> = Vec<(&'static str, Bound<'py, PyAny>)>;

impl PyService {
    /// The constructor's arguments, in order.
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Fields<'py>> {
        let mut fields = Fields::new();
        self.0.kind.try_each(|field, value| {
            fields.push((field.name(), field_to_python(py, value)?));
            Ok::<_, PyErr>(())
        })?;
        fields.push(("privileges", self.privileges(py)?.into_any()));
        Ok(fields)
    }
}

fn field_to_python<'py>(py: Python<'py>, value: FieldValue<'_, 'static>) -> PyResult<Bound<'py, PyAny>> {
    match value {
        FieldValue::Text(text) => Ok(text_to_python(py, text)),
        FieldValue::Role(role) => Ok(role.into_pyobject(py)?.into_any()),
        FieldValue::Permissions(permissions) => Ok(Bound::new(py, PyPermissions(permissions.clone()))?.into_any()),
    }
}

/// Takes a service out of its Python value.
pub(crate) fn service_of(value: Arg<'_, '_>) -> Outcome<Service<'static>> {
    let service = value.cast::<PyService>().map_err(|_| must_be("a service", "a Service", value))?;
    Ok(service.get().0.clone())
}

/// A service out of the arguments of its constructor, in their order.
pub(crate) fn new_service<T>(
    service: ServiceType,
    fields: &[Option<Arg<'_, '_>>],
    privileges: Option<Arg<'_, '_>>,
    class: T,
) -> Outcome<PyClassInitializer<T>>
where
    T: PyClass<BaseType = PyService>,
{
    let mut service = Service::new(ServiceKind::take(service, &mut Arguments(fields.iter()))?);
    service.privileges = privileges_of(privileges, lifetime)?;
    Ok(PyClassInitializer::from(PyService(service)).add_subclass(class))
}

/// The value of a field; None in a service that has none such, which the classes see to.
pub(crate) fn field<'py, T>(service: &Bound<'py, T>, wanted: Field) -> PyResult<Option<Bound<'py, PyAny>>>
where
    T: PyClass<BaseType = PyService>,
{
    let mut found = None;
    service.as_super().get().0.kind.try_each(|field, value| {
        if field == wanted {
            found = Some(field_to_python(service.py(), value)?);
        }
        Ok::<_, PyErr>(())
    })?;
    Ok(found)
}

/// Arguments in the order of the fields.
struct Arguments<'a, 'py>(slice::Iter<'a, Option<Arg<'a, 'py>>>);

impl<'a, 'py> Arguments<'a, 'py> {
    fn next(&mut self) -> Outcome<Option<Arg<'a, 'py>>> {
        Ok(*self.0.next().ok_or(ErrorCode::Internal)?)
    }

    fn needed(&mut self) -> Outcome<Arg<'a, 'py>> {
        Ok(self.next()?.ok_or(ErrorCode::Internal)?)
    }
}

impl FieldSource<'static> for Arguments<'_, '_> {
    type Error = Refusal;

    fn text(&mut self, field: Field) -> Outcome<Text<'static>> {
        match field {
            Field::Account => wire_account(self.needed()?),
            _ => wire_text(self.needed()?, field.code(), field.name()),
        }
    }

    fn role(&mut self) -> Outcome<i16> {
        let role = self.needed()?;
        in_range(integer(role), role, Field::Role.code(), Field::Role.name(), "an int")
    }

    fn permissions(&mut self) -> Outcome<Permissions<'static>> {
        self.next()?.map_or_else(|| Ok(Permissions::new()), permissions_of)
    }
}

/// A service whose layout is not known. What follows it in a token cannot be read.
#[pyclass(name = "UnknownService", module = "agora_token", frozen, eq, hash)]
#[derive(PartialEq)]
pub(crate) struct PyUnknownService(pub(crate) UnknownService);

impl std::hash::Hash for PyUnknownService {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        hash_of(&self.0, state);
    }
}

#[pymethods]
impl PyUnknownService {
    /// The number on the wire.
    #[getter]
    fn service_type(&self) -> u16 {
        self.0.service_type
    }

    /// Its privileges, as every known service has them there; empty when what stands there is none.
    #[getter]
    fn privileges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        privileges_to_python(py, &self.0.privileges)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let privileges = self.privileges(py)?.repr()?;
        Ok(format!("UnknownService(service_type={}, privileges={privileges})", self.0.service_type))
    }
}
