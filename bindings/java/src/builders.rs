//! The official one-call builders: the core checks the values by what their kind asks for.

use agora_token::describe::{Builder, Manner, Value};
use agora_token::{Error, ErrorCode, Permissions, Stamp};

use crate::handle::Handle;
use crate::message::{Item, Reply, Request};
use crate::services::permissions;

/// The builder's number, and its values; a token.
pub(crate) fn build(_: Option<&Handle>, request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    build_in(request, reply, Manner::Strict)
}

/// The same with the lenience of the official libraries.
pub(crate) fn build_official(_: Option<&Handle>, request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    build_in(request, reply, Manner::Official)
}

fn build_in(mut request: Request<'_>, reply: &mut Reply, manner: Manner) -> Result<(), Error> {
    let number = request.next()?.number(ErrorCode::Internal, "")?;
    let builder = Builder::from_number(number).ok_or(ErrorCode::Internal)?;
    let items = request.rest()?;
    // No builder takes two of them.
    let resources = match items.iter().find(|item| matches!(item, Item::List(_))) {
        Some(item) => permissions(item)?,
        None => Permissions::new(),
    };
    let value = |item| match item {
        &Item::List(_) => Value::Permissions(&resources),
        item => Item::value(item),
    };
    reply.text(&builder.build_each(items.iter().map(value), manner, Stamp::now)?);
    Ok(())
}
