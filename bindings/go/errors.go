package agoratoken

import (
	"cmp"
	"encoding/json"

	"agora-token.example/agoratoken/internal/core"
)

// ErrorCode says what was refused. It is the same number in every language, and an error that errors.Is finds:
//
//	errors.Is(err, agoratoken.CodeTokenExpired)
type ErrorCode int32

// String is the stable name, such as "INVALID_APP_ID".
func (c ErrorCode) String() string {
	if texts, ok := codeTexts[c]; ok {
		return texts.name
	}
	return "UNKNOWN_STATUS"
}

// Error is the name too.
func (c ErrorCode) Error() string { return c.String() }

// Fault says who can do something about it.
func (c ErrorCode) Fault() Fault { return cmp.Or(codeTexts[c].fault, FaultSystem) }

// HTTPStatus is the status with which a server answers a request that this refuses.
func (c ErrorCode) HTTPStatus() int { return cmp.Or(codeTexts[c].httpStatus, 500) }

// Fault is who can do something about a refusal.
type Fault string

// The faults.
const (
	// Whoever asked: a channel, a user or a token that came from outside.
	FaultCaller Fault = "caller"
	// Whoever runs or wrote the program: credentials, lifetimes, options. Not to be told to a client.
	FaultConfiguration Fault = "configuration"
	// The machine, or a bug in the library: worth another try, and a look.
	FaultSystem Fault = "system"
)

// Error is why something was refused. No certificate and no token shows in it.
type Error struct {
	// What was refused.
	Code ErrorCode
	// The argument, or the field of a token, at fault, in Go's spelling; empty for none.
	Field string
	// Why, for people; it may change. Where there is a field it continues the field's name.
	Reason string
	// Which service of a token it is about; 0 for none.
	Service ServiceType
}

// Error is one sentence.
func (e *Error) Error() string {
	// What speaks of a token is a sentence of its own.
	if e.Field == "" || e.Code >= firstOfTokens {
		return "agoratoken: " + e.Reason
	}
	return "agoratoken: " + e.Field + " " + e.Reason
}

// MarshalJSON gives code, field, reason and, of a token, the service, as a verdict has them; the field as Go spells it.
func (e *Error) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Code    string `json:"code"`
		Field   string `json:"field"`
		Reason  string `json:"reason"`
		Service string `json:"service,omitempty"`
	}{e.Code.String(), e.Field, e.Reason, serviceNames[e.Service]})
}

// Is says whether target is the error's code.
func (e *Error) Is(target error) bool {
	code, ok := target.(ErrorCode)
	return ok && code == e.Code
}

// Fault says who can do something about it.
func (e *Error) Fault() Fault { return e.Code.Fault() }

func errorOf(refusal core.Refusal) *Error {
	e := &Error{ErrorCode(refusal.Status), refusal.Field, refusal.Reason, ServiceType(refusal.Service)}
	if e.Reason == "" {
		texts := codeTexts[e.Code]
		e.Field, e.Reason = texts.field, texts.reason
	}
	return e
}

func init() {
	core.NewError = func(refusal core.Refusal) error { return errorOf(refusal) }
}
