//! The API as data: builders with their arguments, the kinds of arguments, the fields of services. What is the same in
//! every language is generated from here (`cargo xtask gen`), or reads it at run time.
//!
//! A new builder is a row of [`BUILDERS`] and a function of `compose`. The services have a table of their own,
//! [`crate::service`]; errors and findings theirs.

mod builders;
mod compose;
mod fields;
mod kind;
mod value;

pub use builders::{Argument, BUILDERS, Builder, CREDENTIALS, Class, Place};
pub(crate) use compose::Checked;
pub use compose::apaas_chat_user_id;
pub use fields::{field_text, service_of};
pub use kind::{Kind, KindRow, Shape};
pub use value::{Manner, Value, utf8};

pub use crate::access_token::PRIVILEGES_006;
pub use crate::service::{Field, FieldSource, FieldType, FieldValue, HeldBy, PrivilegeRow, SERVICES, ServiceRow};
