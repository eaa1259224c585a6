//! What an AccessToken2 grants: services, each with its privileges and its own fields.

mod codec;
mod field;
mod permissions;
mod privileges;
mod rtc;
mod set;
mod table;

pub use field::{Field, FieldSource, FieldType, FieldValue};
pub use permissions::Permissions;
pub use privileges::Privileges;
pub use rtc::RtcLifetimes;
pub use set::ServiceSet;
pub use table::{HeldBy, PrivilegeRow, SERVICES, Service, ServiceKind, ServiceRow, ServiceType};
