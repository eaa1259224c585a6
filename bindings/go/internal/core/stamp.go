package core

import (
	"crypto/rand"
	"encoding/binary"
	"math"
	"sync"
	"time"
)

// Seconds gives Unix seconds as tokens carry them.
func Seconds(now time.Time) (uint32, error) {
	seconds := now.Unix()
	if seconds < 0 || seconds > math.MaxUint32 {
		return 0, refused(clockOutOfRange, "clock", "could not be read: the clock is before 1970 or after 2106")
	}
	return uint32(seconds), nil
}

// Stamp gives what a token takes from its surroundings: the time, and a salt.
func Stamp() (issueTs, salt uint32, err error) {
	if issueTs, err = Seconds(time.Now()); err == nil {
		salt, err = Salt()
	}
	return issueTs, salt, err
}

// salts are random numbers drawn ahead, so that a token needs no system call.
type salts struct {
	bytes [256]byte
	left  int
}

var saltPool = sync.Pool{New: func() any { return new(salts) }}

// Salt draws a salt of the core's range, all of it equally likely.
func Salt() (uint32, error) {
	drawn := saltPool.Get().(*salts)
	defer saltPool.Put(drawn)
	for {
		if drawn.left == 0 {
			if _, err := rand.Read(drawn.bytes[:]); err != nil {
				return 0, refused(randomSourceFailed, "salt", "could not be drawn: the system's random source failed")
			}
			drawn.left = len(drawn.bytes)
		}
		drawn.left -= 4
		number := binary.LittleEndian.Uint32(drawn.bytes[drawn.left:])
		// Lemire's method, as in the core: the few products that would favour some salts are drawn again.
		const count = largestSalt - smallestSalt + 1
		product := uint64(number) * count
		if uint32(product) >= (math.MaxUint32-count+1)%count {
			return smallestSalt + uint32(product>>32), nil
		}
	}
}
