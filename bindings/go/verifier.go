package agoratoken

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"agora-token.example/agoratoken/internal/core"
)

// Verifier checks tokens of both generations: the signature always, the time, the App ID, and what is expected of a
// token. An AccessToken2 is over 24 hours after it was issued, whatever it says. Any number of goroutines may use one at
// once.
type Verifier struct {
	credentials Credentials
	options     options
}

// WithCertificate accepts tokens signed with this certificate too: while certificates are rotated, both are good.
func WithCertificate(appCertificate string) Option {
	return func(o *options) { o.certificates = append(o.certificates, appCertificate) }
}

// WithLeeway allows the clocks of issuer and Verifier to differ, both ways: whole seconds; more than an hour counts as
// an hour.
func WithLeeway(leeway time.Duration) Option { return func(o *options) { o.leeway = leeway } }

// IgnoreTime lets a Verifier take tokens that have ended.
func IgnoreTime() Option { return func(o *options) { o.ignoreTime = true } }

// NewVerifier makes a verifier of a project's tokens.
func NewVerifier(credentials Credentials, options ...Option) (*Verifier, error) {
	verifier := &Verifier{credentials, optionsOf(options)}
	if err := core.With(func(s *core.Session) { verifier.make(s) }); err != nil {
		return nil, err
	}
	return verifier, nil
}

// VerifierFromEnv makes a verifier of AGORA_APP_ID, AGORA_APP_CERTIFICATE and, while certificates are rotated,
// AGORA_APP_CERTIFICATE_SECONDARY.
func VerifierFromEnv(options ...Option) (*Verifier, error) {
	credentials, err := CredentialsFromEnv()
	if err != nil {
		return nil, err
	}
	if certificate, ok := os.LookupEnv(envSecondaryCertificate); ok {
		secondary := WithCertificate(certificate)
		if _, err := NewVerifier(credentials, secondary); err != nil {
			return nil, named(err, CodeInvalidAppCertificate, envSecondaryCertificate)
		}
		options = append([]Option{secondary}, options...)
	}
	return NewVerifier(credentials, options...)
}

func (v *Verifier) make(s *core.Session) uint64 {
	verifier := v.credentials.make(s, core.FnVerifierNew, core.FnVerifierFree)
	for _, certificate := range v.options.certificates {
		s.Call(core.FnVerifierAddCertificate, verifier, s.Text(certificate, "app_certificate"))
	}
	s.Call(core.FnVerifierSetLeeway, verifier, wholeSeconds(s, "leeway", v.options.leeway))
	if v.options.ignoreTime {
		s.Call(core.FnVerifierIgnoreTime, verifier)
	} else {
		s.Call(core.FnVerifierSetNow, verifier, since1970(s, CodeClockOutOfRange, "clock", v.options.clock()))
	}
	return verifier
}

// since1970 are Unix seconds, of which the core takes no negative ones.
func since1970(s *core.Session, code ErrorCode, field string, now time.Time) uint64 {
	if now.Unix() < 0 {
		s.Fail(&Error{Code: code, Field: field, Reason: "is before 1970"})
	}
	return uint64(now.Unix())
}

// Expectation is something that is expected of a token beside its signature and its time. All that is expected must hold
// in one of the token's services, which must let in at all; none that answers may have ended.
type Expectation struct {
	what string
	set  func(s *core.Session, expected uint64)
}

// ExpectChannel expects the token to let into this channel, of RTC unless ExpectService names another service. A token for
// any channel does, and so does one for a pattern that this name fits.
func ExpectChannel(channel string) Expectation {
	return expectText("channel", core.FnExpectedSetChannel, "channel", channel)
}

// ExpectUser expects the token to let this user in. A token for any user does; AnyUser expects such a token.
func ExpectUser(user User) Expectation {
	switch user.kind {
	case byUID, anyUser:
		return expect("user", core.FnExpectedSetUID, uint64(user.uid))
	case byAccount:
		return expectText("user", core.FnExpectedSetAccount, "account", user.account)
	}
	return Expectation{"user", func(s *core.Session, _ uint64) {
		s.Fail(&Error{Code: CodeInvalidUserID, Field: "user", Reason: noUserReason})
	}}
}

// ExpectUID expects the token to let this uid in; 0 expects a token for any user.
func ExpectUID(uid uint32) Expectation { return ExpectUser(UID(uid)) }

// ExpectAccount expects the token to let this account in: one of a channel, or the user ID of messaging and Chat.
func ExpectAccount(account string) Expectation { return ExpectUser(Account(account)) }

// ExpectService expects the token to carry this service. Channel, user and privilege are then looked for in it alone. An
// AccessToken (006) carries RTC, RTM or both.
func ExpectService(service ServiceType) Expectation {
	return expect("service", core.FnExpectedSetService, uint64(service))
}

// ExpectPrivilege expects the token to grant this privilege, and that it has not ended. The same number means something
// else in another service: say which with ExpectService. Without it the privilege to join or to log in counts.
func ExpectPrivilege(privilege Privilege) Expectation {
	return expect("privilege", core.FnExpectedSetPrivilege, uint64(privilege))
}

func expect(what string, f core.Function, number uint64) Expectation {
	return Expectation{what, func(s *core.Session, expected uint64) { s.Call(f, expected, number) }}
}

func expectText(what string, f core.Function, field, text string) Expectation {
	return Expectation{what, func(s *core.Session, expected uint64) { s.Call(f, expected, s.Text(text, field)) }}
}

// Verify gives nil for a good token, and a *Refused, which holds all that is wrong, for one that is refused. Any other
// error is about the call.
//
// The error is the whole answer. Neither the compiler nor go vet warns of a call whose error nobody looks at, which lets
// every token in; errcheck does. Always write
//
//	if err := verifier.Verify(token, agoratoken.ExpectChannel("room")); err != nil {
//		return err
//	}
func (v *Verifier) Verify(token string, expected ...Expectation) error {
	verdict, err := v.Verdict(token, expected...)
	if err == nil && !verdict.Valid {
		return &Refused{verdict.Refusals}
	}
	return err
}

// Verdict judges a token and tells all that is wrong with it, also of a text that is no token. An error is about the call.
func (v *Verifier) Verdict(token string, expected ...Expectation) (*Verdict, error) {
	verdict, document := &Verdict{}, ""
	err := core.With(func(s *core.Session) {
		verifier, made := v.make(s), s.Make(core.FnExpectedNew, core.FnExpectedFree)
		// Of two answers to one question it is not clear which is meant.
		said := map[string]bool{}
		for _, expectation := range expected {
			if expectation.set == nil || said[expectation.what] {
				s.Fail(&Error{Code: CodeUnknownOption, Field: expectation.what, Reason: "is expected twice, or not at all"})
				return
			}
			said[expectation.what] = true
			expectation.set(s, made)
		}
		found := s.Make(core.FnVerifierVerdict, core.FnVerdictFree, verifier, s.Text(token, "token"), made)
		verdict.Certificate = int(int32(uint32(s.Number(core.FnVerdictCertificate, found))))
		for _, refusal := range s.Refusals(found) {
			verdict.Refusals = append(verdict.Refusals, errorOf(refusal))
		}
		document = s.String(core.FnVerdictToJSON, found)
	})
	if refusal, ok := err.(*Error); ok && refusal.Field == "token" {
		return noText(refusal)
	}
	if err != nil {
		return nil, err
	}
	verdict.Valid, verdict.document = len(verdict.Refusals) == 0, json.RawMessage(document)
	return verdict, json.Unmarshal(verdict.document, &struct{ Token **Inspection }{&verdict.Token})
}

// noText is the verdict on a token that is no text, which the core cannot be asked about.
func noText(refusal *Error) (*Verdict, error) {
	refusals := []*Error{refusal}
	document, err := json.Marshal(map[string]any{"valid": false, "certificate": nil, "refusals": refusals, "token": nil})
	return &Verdict{Certificate: -1, Refusals: refusals, document: document}, err
}

// Format shows the verifier without its certificates, however it is printed.
func (v Verifier) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "Verifier{AppID: %s}", v.credentials.AppID)
}

// Verdict is what a Verifier found out about a token.
type Verdict struct {
	// Whether nothing is wrong.
	Valid bool
	// Which certificate signed it, counted from 0 in the order given; -1 when none did.
	Certificate int
	// All that is wrong.
	Refusals []*Error
	// What it says; nil when no certificate signed it.
	Token *Inspection

	document json.RawMessage
}

// MarshalJSON gives the verdict as every language does. The token's signature is in it: log it only where you would log
// the token.
func (v *Verdict) MarshalJSON() ([]byte, error) { return v.document, nil }

// Format shows whether the token is good, and why not.
func (v *Verdict) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "Verdict{Valid: %t, Refusals: %v}", v.Valid, v.Refusals)
}

// Refused is the error of a token that is refused. Its text is that of the first refusal; errors.Is finds the code of any,
// and errors.As the first *Error.
type Refused struct {
	Refusals []*Error
}

// Error is the first refusal.
func (r *Refused) Error() string { return r.Refusals[0].Error() }

// Unwrap gives all that is wrong.
func (r *Refused) Unwrap() []error {
	all := make([]error, len(r.Refusals))
	for i, refusal := range r.Refusals {
		all[i] = refusal
	}
	return all
}
