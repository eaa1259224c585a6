//go:build !agora_cgo

package core

import (
	"context"
	_ "embed"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Backend says how the core is run.
const Backend = "wasm"

const (
	pageSize    = 65536
	pointerSize = 4
	// The stack of the module comes first in its memory; it was built with one of this size.
	stackSize = 65536
	// Two of the longest texts of a token fit into a block.
	blockPages = 4
	// 64 MiB for one call, of which the largest tokens need a few. An engine that ever took more than 4 is not kept.
	mostPages = 1024
	keptPages = 64
)

//go:embed agora_token.wasm
var module []byte

// compiled is the module as machine code, made once for the process: 0.2 seconds. It holds no data of any call.
var compiled = sync.OnceValues(func() (*machine, error) {
	ctx := context.Background()
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(mostPages)
	runtime := wazero.NewRuntimeWithConfig(ctx, config)
	code, err := runtime.CompileModule(ctx, module)
	return &machine{runtime, code}, err
})

type machine struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
}

// engine is one instance of the module. Its memory is its own.
type engine struct {
	instance api.Module
	memory   api.Memory
	calls    [functionCount]api.Function
	stack    [16]uint64
	start    uint64
	broken   bool
}

func newEngine() (*engine, error) {
	m, err := compiled()
	if err != nil {
		return nil, refused(internal, "", "the module cannot be compiled: "+err.Error())
	}
	ctx := context.Background()
	// Without a name an instance may be there many times.
	instance, err := m.runtime.InstantiateModule(ctx, m.code, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, refused(internal, "", "the module cannot be started: "+err.Error())
	}
	e := &engine{instance: instance, memory: instance.Memory()}
	e.start, err = e.grow(blockPages)
	return e, err
}

// grow adds pages that are ours: the allocator inside takes its own in the same way.
func (e *engine) grow(pages uint32) (uint64, error) {
	before, ok := e.memory.Grow(pages)
	if !ok {
		return 0, refused(internal, "", "no memory is left for the call")
	}
	return uint64(before) * pageSize, nil
}

func (e *engine) run(f Function, arguments ...uint64) uint64 {
	call := e.calls[f]
	if call == nil {
		call = e.instance.ExportedFunction(functions[f].name)
		e.calls[f] = call
	}
	copy(e.stack[:], arguments)
	if err := call.CallWithStack(context.Background(), e.stack[:]); err != nil {
		e.broken = true
	}
	return e.stack[0]
}

func (e *engine) base() uint64 { return e.start }

func (e *engine) block() []byte { return e.view(e.start, blockPages*pageSize) }

func (e *engine) view(address uint64, size int) []byte {
	bytes, _ := e.memory.Read(uint32(address), uint32(size))
	return bytes
}

func (e *engine) cString(address uint64) string {
	bytes, _ := e.memory.Read(uint32(address), e.memory.Size()-uint32(address))
	return string(bytes[:indexNUL(bytes)])
}

// extra gives memory beside the block; address 0 is NULL, which every function refuses.
func (e *engine) extra(size int) uint64 {
	address, _ := e.grow(uint32((size + pageSize - 1) / pageSize))
	return address
}

// The memory of an instance never shrinks: one that has much of it is not kept.
func (e *engine) freeExtra(uint64) {}

// wipe clears the stack, on which a call leaves copies of what it was given.
func (e *engine) wipe() { clear(e.view(0, stackSize)) }

func (e *engine) isBroken() bool { return e.broken }

func (e *engine) isSpent() bool { return e.broken || e.memory.Size() > keptPages*pageSize }

func (e *engine) close() { _ = e.instance.Close(context.Background()) }
