//! The services of an AccessToken2 as frozen Python values: one class each, over one base that holds the core's value.

use agora_token::{ErrorCode, Permissions, Service, ServiceKind, UnknownService};
use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::arguments::{Arg, apaas_role, lifetime, must_be, privileges as privileges_of, wire_account, wire_text};
use crate::permissions::{PyPermissions, permissions as permissions_of};
use crate::refusal::Outcome;
use crate::values::{hash_of, privileges_to_python, text_to_python};

/// One service of an AccessToken2. Frozen; equal when all fields are.
#[pyclass(name = "Service", module = "agora_token", subclass, frozen, eq, hash)]
#[derive(PartialEq)]
pub(crate) struct PyService(Service<'static>);

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
        let mut fields: Fields<'py> = match &self.0.kind {
            ServiceKind::Rtc { channel_name, account }
            | ServiceKind::Streaming { channel_name, account }
            | ServiceKind::Fcdn { channel_name, account } => {
                vec![("channel_name", text_to_python(py, channel_name)), ("account", text_to_python(py, account))]
            }
            ServiceKind::Rtm { user_id } | ServiceKind::Chat { user_id } => {
                vec![("user_id", text_to_python(py, user_id))]
            }
            ServiceKind::Apaas { room_uuid, user_uuid, role } => vec![
                ("room_uuid", text_to_python(py, room_uuid)),
                ("user_uuid", text_to_python(py, user_uuid)),
                ("role", role.into_pyobject(py)?.into_any()),
            ],
            ServiceKind::Rtm2 { user_id, permissions } => vec![
                ("user_id", text_to_python(py, user_id)),
                ("permissions", Bound::new(py, PyPermissions(permissions.clone()))?.into_any()),
            ],
            _ => vec![],
        };
        fields.push(("privileges", self.privileges(py)?.into_any()));
        Ok(fields)
    }
}

/// Takes a service out of its Python value.
pub(crate) fn service_of(value: Arg<'_, '_>) -> Outcome<Service<'static>> {
    let service = value.cast::<PyService>().map_err(|_| must_be("a service", "a Service", value))?;
    Ok(service.get().0.clone())
}

fn new_service<T>(kind: ServiceKind<'static>, privileges: Option<Arg<'_, '_>>, class: T) -> Outcome<Made<T>>
where
    T: PyClass<BaseType = PyService>,
{
    let mut service = Service::new(kind);
    service.privileges = privileges_of(privileges, lifetime)?;
    Ok(PyClassInitializer::from(PyService(service)).add_subclass(class))
}

type Made<T> = PyClassInitializer<T>;

macro_rules! channel_service {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        #[pyclass(module = "agora_token", extends = PyService, frozen)]
        pub(crate) struct $name;

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (channel_name, account, privileges=None))]
            fn new(
                channel_name: Arg<'_, '_>,
                account: Arg<'_, '_>,
                privileges: Option<Arg<'_, '_>>,
            ) -> Outcome<Made<$name>> {
                let channel_name = wire_text(channel_name, ErrorCode::InvalidChannelName, "channel_name")?;
                let kind = ServiceKind::$kind { channel_name, account: wire_account(account)? };
                new_service(kind, privileges, $name)
            }

            /// The channel name; empty for any channel. Bytes where it is no UTF-8.
            #[getter]
            fn channel_name<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyAny>> {
                slf.as_super().get().0.channel_name().map(|text| text_to_python(slf.py(), text))
            }

            /// The user account or the uid's digits; empty for any user. Bytes where it is no UTF-8.
            #[getter]
            fn account<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyAny>> {
                slf.as_super().get().0.account().map(|text| text_to_python(slf.py(), text))
            }
        }
    };
}

macro_rules! user_service {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        #[pyclass(module = "agora_token", extends = PyService, frozen)]
        pub(crate) struct $name;

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (user_id, privileges=None))]
            fn new(user_id: Arg<'_, '_>, privileges: Option<Arg<'_, '_>>) -> Outcome<Made<$name>> {
                let user_id = wire_text(user_id, ErrorCode::InvalidUserId, "user_id")?;
                new_service(ServiceKind::$kind { user_id }, privileges, $name)
            }

            /// The user ID. Bytes where it is no UTF-8.
            #[getter]
            fn user_id<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyAny>> {
                slf.as_super().get().0.user_id().map(|text| text_to_python(slf.py(), text))
            }
        }
    };
}

macro_rules! bare_service {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        #[pyclass(module = "agora_token", extends = PyService, frozen)]
        pub(crate) struct $name;

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (privileges=None))]
            fn new(privileges: Option<Arg<'_, '_>>) -> Outcome<Made<$name>> {
                new_service(ServiceKind::$kind, privileges, $name)
            }
        }
    };
}

channel_service! {
    /// Voice and video in a channel.
    ServiceRtc, Rtc
}
user_service! {
    /// Real-time messaging.
    ServiceRtm, Rtm
}
channel_service! {
    /// Media push of mixed or raw streams.
    ServiceStreaming, Streaming
}
bare_service! {
    /// Full-path acceleration.
    ServiceFpa, Fpa
}
user_service! {
    /// Chat; the user ID is empty in an app token.
    ServiceChat, Chat
}
channel_service! {
    /// Fusion CDN.
    ServiceFCdn, Fcdn
}
bare_service! {
    /// Conversational AI.
    ServiceConvoAI, ConvoAi
}
bare_service! {
    /// Speech to text.
    ServiceStt, Stt
}

/// aPaaS, also called Education: flexible classroom. Role -1 stands for none.
#[pyclass(module = "agora_token", extends = PyService, frozen)]
pub(crate) struct ServiceApaas;

#[pymethods]
impl ServiceApaas {
    #[new]
    #[pyo3(signature = (room_uuid, user_uuid, role, privileges=None))]
    fn new(
        room_uuid: Arg<'_, '_>,
        user_uuid: Arg<'_, '_>,
        role: Arg<'_, '_>,
        privileges: Option<Arg<'_, '_>>,
    ) -> Outcome<Made<ServiceApaas>> {
        let room_uuid = wire_text(room_uuid, ErrorCode::InvalidRoomUuid, "room_uuid")?;
        let user_uuid = wire_text(user_uuid, ErrorCode::InvalidUserUuid, "user_uuid")?;
        let kind = ServiceKind::Apaas { room_uuid, user_uuid, role: apaas_role(role)? };
        new_service(kind, privileges, ServiceApaas)
    }

    /// The room UUID. Bytes where it is no UTF-8.
    #[getter]
    fn room_uuid<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyAny>> {
        match &slf.as_super().get().0.kind {
            ServiceKind::Apaas { room_uuid, .. } => Some(text_to_python(slf.py(), room_uuid)),
            _ => None,
        }
    }

    /// The user UUID. Bytes where it is no UTF-8.
    #[getter]
    fn user_uuid<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyAny>> {
        match &slf.as_super().get().0.kind {
            ServiceKind::Apaas { user_uuid, .. } => Some(text_to_python(slf.py(), user_uuid)),
            _ => None,
        }
    }

    /// The role in the room; -1 for none.
    #[getter]
    fn role(slf: &Bound<'_, Self>) -> Option<i16> {
        match slf.as_super().get().0.kind {
            ServiceKind::Apaas { role, .. } => Some(role),
            _ => None,
        }
    }
}

/// Real-time messaging with permissions on single resources.
#[pyclass(module = "agora_token", extends = PyService, frozen)]
pub(crate) struct ServiceRtm2;

#[pymethods]
impl ServiceRtm2 {
    #[new]
    #[pyo3(signature = (user_id, permissions=None, privileges=None))]
    fn new(
        user_id: Arg<'_, '_>,
        permissions: Option<Arg<'_, '_>>,
        privileges: Option<Arg<'_, '_>>,
    ) -> Outcome<Made<ServiceRtm2>> {
        let user_id = wire_text(user_id, ErrorCode::InvalidUserId, "user_id")?;
        let permissions = permissions.map_or_else(|| Ok(Permissions::new()), permissions_of)?;
        new_service(ServiceKind::Rtm2 { user_id, permissions }, privileges, ServiceRtm2)
    }

    /// The user ID. Bytes where it is no UTF-8.
    #[getter]
    fn user_id<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyAny>> {
        slf.as_super().get().0.user_id().map(|text| text_to_python(slf.py(), text))
    }

    /// What the user may read and write.
    #[getter]
    fn permissions(slf: &Bound<'_, Self>) -> Option<PyPermissions> {
        match &slf.as_super().get().0.kind {
            ServiceKind::Rtm2 { permissions, .. } => Some(PyPermissions(permissions.clone())),
            _ => None,
        }
    }
}

/// The Python value of a service.
pub(crate) fn service_to_python<'py>(py: Python<'py>, service: &Service<'static>) -> PyResult<Bound<'py, PyAny>> {
    let base = PyClassInitializer::from(PyService(service.clone()));
    Ok(match service.kind {
        ServiceKind::Rtc { .. } => Bound::new(py, base.add_subclass(ServiceRtc))?.into_any(),
        ServiceKind::Rtm { .. } => Bound::new(py, base.add_subclass(ServiceRtm))?.into_any(),
        ServiceKind::Streaming { .. } => Bound::new(py, base.add_subclass(ServiceStreaming))?.into_any(),
        ServiceKind::Fpa => Bound::new(py, base.add_subclass(ServiceFpa))?.into_any(),
        ServiceKind::Chat { .. } => Bound::new(py, base.add_subclass(ServiceChat))?.into_any(),
        ServiceKind::Fcdn { .. } => Bound::new(py, base.add_subclass(ServiceFCdn))?.into_any(),
        ServiceKind::Apaas { .. } => Bound::new(py, base.add_subclass(ServiceApaas))?.into_any(),
        ServiceKind::Rtm2 { .. } => Bound::new(py, base.add_subclass(ServiceRtm2))?.into_any(),
        ServiceKind::ConvoAi => Bound::new(py, base.add_subclass(ServiceConvoAI))?.into_any(),
        ServiceKind::Stt => Bound::new(py, base.add_subclass(ServiceStt))?.into_any(),
        // ServiceKind may grow; a service without a class of its own still has its privileges.
        _ => Bound::new(py, base)?.into_any(),
    })
}

/// Services as a tuple of their Python values.
pub(crate) fn services_to_python<'py>(py: Python<'py>, services: &[Service<'static>]) -> PyResult<Bound<'py, PyTuple>> {
    let values = services.iter().map(|service| service_to_python(py, service)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, values)
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
