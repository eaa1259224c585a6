package core

import "encoding/binary"

// Value is an argument of a builder, or a field of a service.
type Value struct {
	kind   uint32
	number uint64
	text   string
	make   func(*Session) uint64
}

// What a value can be, as AGORA_VALUE_TEXT and its siblings.
const (
	valueText        = 1
	valueInt64       = 2
	valuePermissions = 4
)

// Text is a text, of any bytes.
func Text(text string) Value { return Value{kind: valueText, number: uint64(len(text)), text: text} }

// Number is a whole number.
func Number(number int64) Value { return Value{kind: valueInt64, number: uint64(number)} }

// Made is RTM2 permissions, which are made when a session wants them.
func Made(permissions func(*Session) uint64) Value {
	return Value{kind: valuePermissions, make: permissions}
}

// values hands over an array of agora_value.
func (s *Session) values(values []Value) uint64 {
	address, _ := s.room(max(len(values)*valueSize, 1))
	if s.err != nil {
		return 0
	}
	for i := range values {
		value := &values[i]
		var data uint64
		switch value.kind {
		case valueText:
			data = s.Bytes(value.text)
		case valuePermissions:
			data = value.make(s)
		}
		at := s.view(address+uint64(i*valueSize), valueSize)
		binary.LittleEndian.PutUint32(at, value.kind)
		binary.LittleEndian.PutUint64(at[valueNumber:], value.number)
		binary.LittleEndian.PutUint64(at[valueData:], data)
	}
	return address
}

// Pair is a type of resources and a type of permission, with what they hold for.
type Pair struct {
	ResourceType, PermissionType uint16
	Resources                    []string
}

// Permissions makes RTM2 permissions.
func (s *Session) Permissions(pairs []Pair) uint64 {
	made := s.Make(FnRTM2PermissionsNew, FnRTM2PermissionsFree)
	for _, pair := range pairs {
		resource, permission := uint64(pair.ResourceType), uint64(pair.PermissionType)
		s.Call(FnRTM2PermissionsSet, made, resource, permission)
		for _, name := range pair.Resources {
			used := s.used
			s.Call(FnRTM2PermissionsAddResource, made, resource, permission, s.Bytes(name), uint64(len(name)))
			s.giveUp(used)
		}
	}
	return made
}

// Flags of an agora_call.
const (
	callOfficial = 1
	callIssueTs  = 2
	callSalt     = 4
)

// Build mints a token with the builder of this number, now. The official way takes what the official code takes.
func Build(builder uint32, official bool, values ...Value) (token string, err error) {
	issueTs, salt, err := Stamp()
	if err != nil {
		return "", err
	}
	err = With(func(s *Session) { token = s.build(builder, official, issueTs, salt, values) })
	return token, err
}

func (s *Session) build(builder uint32, official bool, issueTs, salt uint32, values []Value) string {
	flags := uint32(callIssueTs | callSalt)
	if official {
		flags |= callOfficial
	}
	call, bytes := s.room(16)
	for i, word := range [...]uint32{builder, flags, issueTs, salt} {
		binary.LittleEndian.PutUint32(bytes[4*i:], word)
	}
	return s.String(FnBuild, call, s.values(values), uint64(len(values)))
}
