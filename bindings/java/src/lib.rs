//! What crosses between Java and the core, and nothing else. It is private to the Maven package, whose class `Native`
//! has the other end.
//!
//! There is one door: an operation, a handle for those that have one, and a message of values. A message crosses as one
//! array of bytes each way, for that costs less than a string an argument, and nothing is coerced or replaced silently.
//! A refusal is a message too, which Java throws: so the exception has a stack of its own.

#![deny(clippy::undocumented_unsafe_blocks)]

mod builders;
mod call;
mod doctor;
mod grant;
mod handle;
mod message;
mod services;
mod tokens;
mod verifier;

use std::ptr;

use jni::EnvUnowned;
use jni::errors::Error;
use jni::objects::{JByteArray, JClass};
use jni::sys::{jbyteArray, jint, jlong};
use zeroize::Zeroize;

use crate::handle::Handle;

/// Bytes of an ordinary message, which needs no place on the heap.
const ROOM: usize = 512;

/// Does an operation: the first `length` bytes of `message` are its values, the array that comes back is its answer. It is
/// null where Java has no memory left, or for an array of another length.
#[unsafe(no_mangle)]
extern "system" fn Java_io_agora_token_Native_call<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
    operation: jint,
    handle: jlong,
    message: JByteArray<'local>,
    length: jint,
) -> jbyteArray {
    let outcome = env.with_env(|env| {
        let mut room = [0; ROOM];
        let mut heap = Vec::new();
        let length = usize::try_from(length).unwrap_or_default();
        let request = match room.get_mut(..length) {
            Some(request) => request,
            None => {
                heap.resize(length, 0);
                heap.as_mut_slice()
            }
        };
        message.get_region(env, 0, request)?;
        // SAFETY: it is the address of a handle that Java holds, and counts the use of, until this call is over.
        let handle = unsafe { Handle::at(handle) };
        let answer = call::answer(operation, handle, unsigned(request));
        // A certificate may be among them.
        request.zeroize();
        let reply = JByteArray::new(env, answer.len())?;
        reply.set_region(env, 0, signed(&answer))?;
        Ok::<_, Error>(reply.into_raw())
    });
    match outcome.into_outcome() {
        jni::Outcome::Ok(reply) => reply,
        jni::Outcome::Err(_) | jni::Outcome::Panic(_) => ptr::null_mut(),
    }
}

/// Frees a handle, which nobody uses any more.
#[unsafe(no_mangle)]
extern "system" fn Java_io_agora_token_Native_free<'local>(
    _env: EnvUnowned<'local>,
    _class: JClass<'local>,
    handle: jlong,
) {
    // SAFETY: Java gives it up once, when the last use of it is over.
    unsafe { Handle::free(handle) }
}

/// Java's bytes have a sign.
fn unsigned(bytes: &[i8]) -> &[u8] {
    // SAFETY: the two types have one layout.
    unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) }
}

fn signed(bytes: &[u8]) -> &[i8] {
    // SAFETY: the two types have one layout.
    unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) }
}
