package core

// Refusal is what a call of the C ABI refused.
type Refusal struct {
	// The status, one of AGORA_ERROR_....
	Status int32
	// The argument or field at fault, in Go's spelling.
	Field string
	// Why; empty where the status says all.
	Reason string
}

// NewError makes an error of a refusal. The package agoratoken sets it, whose error it is.
var NewError func(Refusal) error

// The statuses that come from here.
const (
	invalidUTF8        = 2
	nulInText          = 3
	internal           = 4
	randomSourceFailed = 5
	clockOutOfRange    = 6
)

func refused(status int32, field, reason string) error {
	if spelt, ok := fieldNames[field]; ok {
		field = spelt
	}
	return NewError(Refusal{status, field, reason})
}
