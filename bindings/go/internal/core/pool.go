package core

import (
	"runtime"
	"sync"
)

// pool lends engines to goroutines, one at a time each. An engine only computes, so there are no more of them than
// processors: whoever finds them all lent waits for as long as a token takes.
type pool struct {
	slots chan struct{}
	mu    sync.Mutex
	idle  []*engine
}

var engines = pool{slots: make(chan struct{}, runtime.NumCPU())}

// borrow gives an engine that nobody else uses until it is given back.
func (p *pool) borrow() (*engine, error) {
	p.slots <- struct{}{}
	p.mu.Lock()
	if last := len(p.idle) - 1; last >= 0 {
		e := p.idle[last]
		p.idle = p.idle[:last]
		p.mu.Unlock()
		return e, nil
	}
	p.mu.Unlock()
	e, err := newEngine()
	if err != nil {
		<-p.slots
	}
	return e, err
}

// giveBack keeps an engine for the next caller. One that broke, or took too much memory, is closed.
func (p *pool) giveBack(e *engine) {
	if e.isSpent() {
		e.close()
	} else {
		p.mu.Lock()
		p.idle = append(p.idle, e)
		p.mu.Unlock()
	}
	<-p.slots
}
