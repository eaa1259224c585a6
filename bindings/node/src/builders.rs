//! The official one-call builders: arguments are read by what their kind asks for, and the core does the rest.

use std::borrow::Cow;

use agora_token::describe::{BUILDERS, Builder, Manner, Shape, Value};
use agora_token::{ErrorCode, Permissions};

use crate::argument::{Argument, Memory, NoText, Room};
use crate::call::Call;
use crate::credentials::credentials;
use crate::host;
use crate::reply::{Reply, answer};
use crate::services::permissions;

/// What a value borrows from, where that is not the [`Room`].
enum Owned {
    Nothing,
    Text(String),
    Bytes(Vec<u8>),
    Permissions(Permissions<'static>),
}

/// Reads an argument in the shape that its kind asks for, into `value`: a copy on the way is felt.
#[inline(always)]
fn read<'r>(argument: Argument, shape: Shape, room: &mut Room<'r>, owned: &'r mut Owned, value: &mut Value<'r>) {
    match shape {
        Shape::Text => match argument.text(room) {
            Ok(Cow::Borrowed(text)) => return *value = Value::Text(text),
            Ok(Cow::Owned(text)) => *owned = Owned::Text(text),
            Err(NoText::Misfit) => return *value = misfit(argument, owned),
            Err(NoText::LoneSurrogate(position)) => {
                *owned = Owned::Text(NoText::lone_surrogate(position));
                return *value = Value::Refused(ErrorCode::InvalidUtf8, owned.words());
            }
        },
        Shape::Integer(..) => match argument.whole_number() {
            Some(number) => return *value = Value::Integer(number.into()),
            None => return *value = misfit(argument, owned),
        },
        // `lib/` checks what they hold, so what cannot be read is a bug.
        Shape::Permissions => match permissions(argument) {
            Ok(permissions) => *owned = Owned::Permissions(permissions),
            Err(_) => return *value = misfit(argument, owned),
        },
    }
    *value = owned.value();
}

#[cold]
fn misfit(argument: Argument, owned: &mut Owned) -> Value<'_> {
    *owned = Owned::Text(argument.found().into_owned());
    Value::Misfit(owned.words())
}

impl Owned {
    fn words(&self) -> &str {
        if let Owned::Text(text) = self { text } else { "" }
    }

    fn value(&self) -> Value<'_> {
        match self {
            Owned::Bytes(bytes) => Value::Bytes(bytes),
            Owned::Permissions(permissions) => Value::Permissions(permissions),
            Owned::Nothing | Owned::Text(_) => Value::Text(self.words()),
        }
    }
}

/// The builder of this number, counted from 1.
pub(crate) struct Row<const NUMBER: usize>;

impl<const NUMBER: usize, const COUNT: usize> Call<Argument, COUNT> for Row<NUMBER> {
    #[inline(always)]
    fn call(arguments: [Argument; COUNT]) -> Reply {
        build::<NUMBER, COUNT>(arguments)
    }
}

#[inline(always)]
fn build<const NUMBER: usize, const COUNT: usize>(arguments: [Argument; COUNT]) -> Reply {
    // So that the compiler knows the arguments' kinds.
    #[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "it runs at compile time")]
    let builder = const { &BUILDERS[NUMBER - 1] };
    answer(|| {
        let [app_id, app_certificate, ref arguments @ ..] = arguments[..] else {
            return Err(ErrorCode::Internal.into());
        };
        let mut memory = Memory::new();
        let mut room = memory.room();
        let credentials = credentials(app_id, app_certificate, &mut room)?;
        let mut owned = [const { Owned::Nothing }; COUNT];
        let mut values = [Value::Misfit("missing"); COUNT];
        let slots = values.iter_mut().zip(arguments).zip(&mut owned);
        for (((value, argument), owned), row) in slots.zip(builder.arguments) {
            read(*argument, row.kind.row().shape, &mut room, owned, value);
        }
        let values = values.get(..arguments.len()).unwrap_or_default();
        Ok(Reply::Ascii(builder.build_for(&credentials, values, Manner::Strict, host::stamp)?))
    })
}

/// Builds by the row of this number with the lenience of the official libraries, for `compat/`, which has read what
/// they take beside texts and whole numbers.
pub(crate) fn build_official(number: Argument, arguments: Argument) -> Reply {
    answer(|| {
        let builder = Builder::from_number(number.u16("number")?).ok_or(ErrorCode::Internal)?;
        let mut memory = Memory::new();
        let mut room = memory.room();
        let arguments = arguments.list(ErrorCode::Internal, "")?;
        let mut owned: Vec<_> = arguments.iter().map(|_| Owned::Nothing).collect();
        let mut values = vec![Value::Misfit("missing"); arguments.len()];
        let slots = values.iter_mut().zip(arguments).zip(&mut owned);
        for (((value, argument), owned), row) in slots.zip(builder.all_arguments()) {
            match argument.bytes() {
                Some(bytes) => {
                    *owned = Owned::Bytes(bytes);
                    *value = owned.value();
                }
                None => read(argument, row.kind.row().shape, &mut room, owned, value),
            }
        }
        Ok(Reply::Ascii(builder.build(&values, Manner::Official, host::stamp)?))
    })
}
