package agoratoken

import (
	"strings"

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

// Error is what the code means, in one sentence.
func (c ErrorCode) Error() string { return codeTexts[c].message }

// Error is why something was refused. No certificate and no token shows in it.
type Error struct {
	// What was refused.
	Code ErrorCode
	// The argument, or the field of a token, at fault, in Go's spelling; empty for none.
	Field string
	// Why, for people; it may change. Where there is a field it continues the field's name.
	Reason string
}

// Error is one sentence.
func (e *Error) Error() string {
	// From 60 on the reason speaks of a token, and is a sentence of its own.
	if e.Field == "" || e.Code >= 60 {
		return "agoratoken: " + e.Reason
	}
	return "agoratoken: " + e.Field + " " + e.Reason
}

// Is says whether target is the error's code.
func (e *Error) Is(target error) bool {
	code, ok := target.(ErrorCode)
	return ok && code == e.Code
}

func init() {
	core.NewError = func(refusal core.Refusal) error {
		e := &Error{ErrorCode(refusal.Status), refusal.Field, refusal.Reason}
		if e.Reason == "" {
			texts := codeTexts[e.Code]
			e.Field, e.Reason = texts.field, texts.message
			if e.Code < 60 && e.Field != "" {
				// The message begins with the field's name in C.
				_, e.Reason, _ = strings.Cut(e.Reason, " ")
			}
		}
		return e
	}
}
