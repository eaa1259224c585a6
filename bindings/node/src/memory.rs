//! Memory for the texts of a call, and how a text is read into it.

use std::cell::Cell;
use std::hint::black_box;
use std::mem::{MaybeUninit, take};
use std::slice;

/// Entries of an array: more than a token carries of anything, and JavaScript makes longer ones of nothing.
pub(crate) const LONGEST: u32 = 1 << 20;

/// Bytes for the ASCII texts of an ordinary call. A text that finds no room, or is not ASCII, goes to the heap.
const ROOM: usize = 1024;

/// Memory for the texts of one call. What was used is wiped at the end: an App Certificate may be among them.
pub(crate) struct Memory {
    bytes: [MaybeUninit<u8>; ROOM],
    used: Cell<usize>,
}

/// What is free of a [`Memory`].
pub(crate) struct Room<'r> {
    free: &'r mut [MaybeUninit<u8>],
    used: &'r Cell<usize>,
}

impl Memory {
    pub(crate) fn new() -> Memory {
        Memory { bytes: [MaybeUninit::uninit(); ROOM], used: Cell::new(0) }
    }

    pub(crate) fn room(&mut self) -> Room<'_> {
        Room { free: &mut self.bytes, used: &self.used }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        let used = self.used.get();
        wipe(&mut self.bytes[..used]);
    }
}

/// Writes zeros that the compiler does not leave out, though nobody reads them.
pub(crate) fn wipe<T: Copy + Default>(memory: &mut [MaybeUninit<T>]) {
    memory.fill(MaybeUninit::new(T::default()));
    black_box(memory);
}

impl<'r> Room<'r> {
    /// So many bytes of it, if they are free.
    fn take(&mut self, size: usize) -> Option<&'r mut [MaybeUninit<u8>]> {
        if size > self.free.len() {
            return None;
        }
        let (mine, rest) = take(&mut self.free).split_at_mut(size);
        self.free = rest;
        self.used.set(self.used.get() + size);
        Some(mine)
    }

    /// Keeps a text, if it is ASCII and there is room.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn keep_ascii(&mut self, units: &[u16]) -> Option<&'r str> {
        let mine = self.take(units.len())?;
        let mut all = 0;
        for (byte, unit) in mine.iter_mut().zip(units) {
            all |= unit;
            byte.write(*unit as u8);
        }
        // SAFETY: every byte was written just now; where no unit was above 0x7f they are ASCII, which is UTF-8.
        (all < 0x80).then(|| unsafe { std::str::from_utf8_unchecked(initialized(mine)) })
    }

    /// Keeps a text, if there is room.
    #[cfg(target_family = "wasm")]
    pub(crate) fn keep(&mut self, text: &str) -> Option<&'r str> {
        let mine = self.take(text.len())?;
        for (place, byte) in mine.iter_mut().zip(text.bytes()) {
            place.write(byte);
        }
        // SAFETY: every byte was written just now, of a text.
        Some(unsafe { std::str::from_utf8_unchecked(initialized(mine)) })
    }
}

/// What was written to memory.
///
/// # Safety
/// All of it was written.
pub(crate) unsafe fn initialized<T: Copy>(memory: &[MaybeUninit<T>]) -> &[T] {
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts(memory.as_ptr().cast(), memory.len()) }
}

/// Why an argument is no text.
pub(crate) enum NoText {
    /// It is something else.
    Misfit,
    /// It holds half a surrogate pair at this position, counted from 1 in UTF-16 units.
    LoneSurrogate(usize),
}

impl NoText {
    pub(crate) fn lone_surrogate(position: usize) -> String {
        format!("holds half a surrogate pair at position {position}, which no UTF-8 can hold")
    }
}

pub(crate) fn decode(units: &[u16]) -> Result<String, NoText> {
    let mut text = String::with_capacity(units.len());
    let mut position = 1;
    for character in char::decode_utf16(units.iter().copied()) {
        let character = character.map_err(|_| NoText::LoneSurrogate(position))?;
        position += character.len_utf16();
        text.push(character);
    }
    Ok(text)
}
