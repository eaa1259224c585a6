package core

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Session is the time for which one goroutine has an engine: it hands arguments over, calls, and reads what comes back.
// What was handed over is wiped, and what was made is freed, when it ends.
type Session struct {
	*engine
	// How much of the engine's block is taken.
	used int
	// The first thing that was refused: nothing is called after it.
	err    error
	extras []extra
	made   []made
}

// extra is memory beside the block, for texts that do not fit in.
type extra struct {
	address uint64
	size    int
}

// made is a handle, with what frees it.
type made struct {
	free   Function
	handle uint64
}

// With calls f with a session of its own, and gives the first thing that was refused in it.
func With(f func(*Session)) error {
	e, err := engines.borrow()
	if err != nil {
		return err
	}
	s := Session{engine: e, used: refusalPlace + refusalSize}
	defer s.end()
	f(&s)
	return s.err
}

func (s *Session) end() {
	if !s.isBroken() {
		for i := len(s.made) - 1; i >= 0; i-- {
			s.run(s.made[i].free, s.made[i].handle)
		}
	}
	clear(s.block()[:s.used])
	s.wipe()
	for _, extra := range s.extras {
		clear(s.view(extra.address, extra.size))
		s.freeExtra(extra.address)
	}
	engines.giveBack(s.engine)
}

// The sizes of agora_refusal and agora_value, and where their members stand. A value is laid out alike for pointers of 4
// and of 8 bytes.
const (
	wordSize       = pointerSize
	refusalService = 8
	refusalField   = (12 + wordSize - 1) &^ (wordSize - 1)
	refusalReason  = refusalField + wordSize
	refusalSize    = refusalReason + 512
	valueSize      = 24
	valueNumber    = 8
	valueData      = 16
)

// A block begins with the places of the out-parameters, of which a call has four at most, and of the refusal.
const refusalPlace = 4 * 8

// out gives the place of an out-parameter of at most eight bytes, as zeros.
func (s *Session) out(number int) uint64 {
	clear(s.block()[8*number : 8*number+8])
	return s.base() + uint64(8*number)
}

// giveUp wipes what was handed over since used was this, and takes its room back.
func (s *Session) giveUp(used int) {
	clear(s.block()[used:s.used])
	s.used = used
}

// room gives the address of so many zeroed bytes that the library can reach, and the bytes, which are good until more
// room is taken or something is called.
func (s *Session) room(size int) (uint64, []byte) {
	whole := (size + 7) &^ 7
	block := s.block()
	if whole <= len(block)-s.used {
		start := s.used
		s.used += whole
		return s.base() + uint64(start), block[start : start+size]
	}
	address := s.extra(size)
	if address == 0 {
		s.Fail(refused(payloadTooLarge, "", "the call takes more memory than there is for one"))
		return 0, make([]byte, size)
	}
	s.extras = append(s.extras, extra{address, size})
	return address, s.view(address, size)
}

// Fail refuses something, if nothing was refused before.
func (s *Session) Fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// Bytes hands over any bytes; their size is an argument of its own.
func (s *Session) Bytes(text string) uint64 {
	address, bytes := s.room(max(len(text), 1))
	copy(bytes, text)
	return address
}

// Text hands over a text that ends in a NUL, as most functions want it.
func (s *Session) Text(text, field string) uint64 {
	if !utf8.ValidString(text) {
		s.Fail(refused(invalidUTF8, field, "is not valid UTF-8"))
		return 0
	}
	if strings.IndexByte(text, 0) >= 0 {
		s.Fail(refused(nulInText, field, "holds a NUL byte"))
		return 0
	}
	address, bytes := s.room(len(text) + 1)
	copy(bytes, text)
	return address
}

// Call calls a function of the C ABI, and says whether it refused nothing.
func (s *Session) Call(f Function, arguments ...uint64) bool {
	if s.err != nil {
		return false
	}
	if functions[f].refusable {
		arguments = append(arguments, s.base()+refusalPlace)
	}
	status := int32(uint32(s.run(f, arguments...)))
	switch {
	case s.isBroken():
		s.err = refused(internal, "", "internal error: please report it")
	case status == 0:
	case functions[f].refusable:
		s.err = s.readRefusal()
	default:
		s.err = refused(status, "", "")
	}
	return s.err == nil
}

func (s *Session) readRefusal() error {
	place := s.base() + refusalPlace
	bytes := s.view(place, refusalSize)
	reason := bytes[refusalReason:]
	return NewError(Refusal{
		Status:  int32(binary.LittleEndian.Uint32(bytes)),
		Service: uint16(binary.LittleEndian.Uint32(bytes[refusalService:])),
		Field:   spelt(s.cString(s.word(place + refusalField))),
		Reason:  string(reason[:indexNUL(reason)]),
	})
}

// Make calls a function whose one out-parameter is a handle, which is freed with the session.
func (s *Session) Make(f, free Function, arguments ...uint64) uint64 {
	out := s.out(0)
	if !s.Call(f, append(arguments, out)...) {
		return 0
	}
	handle := s.word(out)
	s.made = append(s.made, made{free, handle})
	return handle
}

// String calls a function whose one out-parameter is a string.
func (s *Session) String(f Function, arguments ...uint64) string {
	out := s.out(0)
	if !s.Call(f, append(arguments, out)...) {
		return ""
	}
	return s.take(out)
}

// take copies the string that a call has given, and frees it.
func (s *Session) take(out uint64) string {
	address := s.word(out)
	text := s.cString(address)
	s.run(FnStringFree, address)
	return text
}

// Number calls a function whose one out-parameter is a number of at most eight bytes.
func (s *Session) Number(f Function, arguments ...uint64) uint64 {
	out := s.out(0)
	s.Call(f, append(arguments, out)...)
	return s.uint64(out)
}

// Sized calls a function whose out-parameters are bytes and their size.
func (s *Session) Sized(f Function, arguments ...uint64) string {
	data, size := s.out(0), s.out(1)
	if !s.Call(f, append(arguments, data, size)...) {
		return ""
	}
	return string(s.view(s.word(data), int(s.word(size))))
}

// uint64 reads an out-parameter.
func (s *Session) uint64(address uint64) uint64 {
	return binary.LittleEndian.Uint64(s.view(address, 8))
}

// word reads a pointer or a size.
func (s *Session) word(address uint64) uint64 {
	if wordSize == 4 {
		return uint64(binary.LittleEndian.Uint32(s.view(address, 4)))
	}
	return s.uint64(address)
}

// indexNUL gives where a NUL stands, or the length.
func indexNUL(bytes []byte) int {
	if i := strings.IndexByte(unsafe.String(unsafe.SliceData(bytes), len(bytes)), 0); i >= 0 {
		return i
	}
	return len(bytes)
}

// Issue mints a token, and gives when it was issued, when it ends, and when its holder should fetch the next.
func (s *Session) Issue(issuer, grant uint64, issuedAt, salt uint32) (token string, times [3]uint64) {
	out := [4]uint64{s.out(0), s.out(1), s.out(2), s.out(3)}
	if !s.Call(FnIssuerIssueAt, issuer, grant, uint64(issuedAt), uint64(salt), out[0], out[1], out[2], out[3]) {
		return "", times
	}
	for i := range times {
		times[i] = s.uint64(out[i+1])
	}
	return s.take(out[0]), times
}

// ReadUserJSON reads the user of a JSON value: a uid, or 0 and an account.
func (s *Session) ReadUserJSON(document string) (uid uint64, account string) {
	outUID, outAccount := s.out(0), s.out(1)
	if !s.Call(FnReadUserJSON, s.Bytes(document), uint64(len(document)), outUID, outAccount) {
		return 0, ""
	}
	return s.uint64(outUID), s.take(outAccount)
}

// Refusals gives what is wrong with a token by its verdict.
func (s *Session) Refusals(verdict uint64) []Refusal {
	var refusals []Refusal
	for i := range s.Number(FnVerdictRefusalCount, verdict) {
		out := [4]uint64{s.out(0), s.out(1), s.out(2), s.out(3)}
		if !s.Call(FnVerdictRefusal, verdict, i, out[0], out[1], out[2], out[3]) {
			break
		}
		refusals = append(refusals, Refusal{
			Status:  int32(uint32(s.uint64(out[0]))),
			Field:   spelt(s.cString(s.word(out[1]))),
			Reason:  s.cString(s.word(out[2])),
			Service: uint16(s.uint64(out[3])),
		})
	}
	return refusals
}
