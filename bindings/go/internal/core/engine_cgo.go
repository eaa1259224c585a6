//go:build agora_cgo

package core

/*
#cgo pkg-config: agora_token-static
#include <stdlib.h>
#include <stddef.h>
#include "generated_calls.h"

// session.go reads them by their places.
_Static_assert(offsetof(agora_refusal, service) == 8, "agora_refusal");
_Static_assert(offsetof(agora_refusal, field) == (12 + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *), "agora_refusal");
_Static_assert(offsetof(agora_refusal, reason) == offsetof(agora_refusal, field) + sizeof(void *), "agora_refusal");
_Static_assert(sizeof(agora_value) == 24 && offsetof(agora_value, number) == 8 && offsetof(agora_value, data) == 16, "agora_value");
*/
import "C"

import "unsafe"

// Backend says how the core is run.
const Backend = "cgo"

const (
	pointerSize = 4 << (^uintptr(0) >> 63)
	blockSize   = 256 << 10
)

// engine is memory for arguments; the library itself has no state.
type engine struct {
	memory []byte
	start  uint64
	words  *[16]C.uint64_t
}

func newEngine() (*engine, error) {
	words := C.calloc(1, 16*8)
	block := C.calloc(1, blockSize)
	if words == nil || block == nil {
		C.free(words)
		C.free(block)
		return nil, refused(internal, "", "no memory is left for the call")
	}
	return &engine{
		memory: unsafe.Slice((*byte)(block), blockSize), start: uint64(uintptr(block)), words: (*[16]C.uint64_t)(words),
	}, nil
}

func (e *engine) run(f Function, arguments ...uint64) uint64 {
	for i, argument := range arguments {
		e.words[i] = C.uint64_t(argument)
	}
	return uint64(C.agora_go_call(C.uint32_t(f), &e.words[0]))
}

func (e *engine) base() uint64 { return e.start }

func (e *engine) block() []byte { return e.memory }

// pointer is what C gave out as a number, or what this engine allocated.
func pointer(address uint64) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}

func (e *engine) view(address uint64, size int) []byte {
	return unsafe.Slice((*byte)(pointer(address)), size)
}

func (e *engine) cString(address uint64) string { return C.GoString((*C.char)(pointer(address))) }

// extra gives memory beside the block; address 0 is NULL, which every function refuses.
func (e *engine) extra(size int) uint64 { return uint64(uintptr(C.calloc(1, C.size_t(size)))) }

func (e *engine) freeExtra(address uint64) { C.free(pointer(address)) }

// wipe has nothing to do: the stack is the thread's, as it is for any C library.
func (e *engine) wipe() {}

func (e *engine) isBroken() bool { return false }

func (e *engine) isSpent() bool { return false }

func (e *engine) close() {}
