//! The allocator of the module for WebAssembly, whose memory serves the next caller.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;

/// Wipes what is freed: tokens, and a certificate that stands where a token belongs, are in texts that nobody else wipes.
struct Wiping;

// SAFETY: all memory is the system allocator's, and goes back to it with the layout it came with.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller gives back memory of this size, which nobody uses any more.
        unsafe {
            memory.write_bytes(0, layout.size());
            System.dealloc(black_box(memory), layout);
        }
    }
}

#[global_allocator]
static ALLOCATOR: Wiping = Wiping;
