package core

// Refusal is what a call of the C ABI refused.
type Refusal struct {
	// The status, one of AGORA_ERROR_....
	Status int32
	// The argument or field at fault, in Go's spelling.
	Field string
	// Why; empty where the status says all.
	Reason string
	// Which service of a token it is about; 0 for none.
	Service uint16
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
	payloadTooLarge    = 52
)

func refused(status int32, field, reason string) error {
	return NewError(Refusal{Status: status, Field: spelt(field), Reason: reason})
}

// spelt is the name of a field in Go's spelling.
func spelt(field string) string {
	if name, ok := fieldNames[field]; ok {
		return name
	}
	return field
}
