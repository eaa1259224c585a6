package agoratoken

import (
	"encoding/json"
	"fmt"
	"time"

	"agora-token.example/agoratoken/internal/core"
)

// FindingCode names what Diagnose may find; it stays, while words may become better.
type FindingCode string

// Severity says how bad a finding is.
type Severity string

// The severities, the worst first.
const (
	// Enough to keep the user out, or from what the user came for.
	SeverityError Severity = "error"
	// Works now, and will surprise somebody.
	SeverityWarning Severity = "warning"
	// Worth knowing; nothing fails because of it.
	SeverityNote Severity = "note"
)

// Attempt is what is known of a client's attempt to join or to log in with a token. Everything may be left out; the more
// is given, the more is found.
type Attempt struct {
	// As the client has them: what is none is a finding, not an error.
	AppID, Channel string
	User           User
	// What the client used the token for.
	Service ServiceType
	// What the client meant to do in the channel.
	Role Role
	// When the client tried; now unless set.
	At time.Time
	// The client's SDK and its version, as "web 4.20.0".
	SDK string
	// The error number or text that the client saw, as "110".
	Error string
	// App Certificates as the server has them. They never show in a finding.
	Certificates []string `json:"-"`
	// Masks App ID, channel and user in what is found, so that it can be posted in public.
	Redact bool
}

// Format shows the attempt without its certificates, however it is printed.
func (a Attempt) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "Attempt{AppID: %s, Channel: %s, User: %s, %d certificates}", a.AppID, a.Channel, a.User, len(a.Certificates))
}

// Finding is one thing that was found.
type Finding struct {
	Code     FindingCode `json:"code"`
	Severity Severity    `json:"severity"`
	// What was found, and what to do about it, for people.
	Cause string `json:"cause"`
	Fix   string `json:"fix"`
}

// Diagnose finds out why a token does not let its user in. The surest explanation comes first. The token may be damaged,
// or none at all: that is a finding too.
func Diagnose(token string, attempt Attempt) (findings []Finding, err error) {
	var document string
	err = core.With(func(s *core.Session) {
		diagnosis := s.Make(core.FnDiagnose, core.FnDiagnosisFree, s.Text(token, "token"), attempt.make(s))
		document = s.String(core.FnDiagnosisToJSON, diagnosis)
	})
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal([]byte(document), &struct{ Findings *[]Finding }{&findings})
	return findings, err
}

func (a *Attempt) make(s *core.Session) uint64 {
	made := s.Make(core.FnAttemptNew, core.FnAttemptFree)
	text := func(f core.Function, field, text string) {
		if text != "" {
			s.Call(f, made, s.Text(text, field))
		}
	}
	text(core.FnAttemptSetAppID, "app_id", a.AppID)
	text(core.FnAttemptSetChannel, "channel", a.Channel)
	text(core.FnAttemptSetAccount, "account", a.User.account)
	text(core.FnAttemptSetSDK, "sdk", a.SDK)
	text(core.FnAttemptSetError, "error", a.Error)
	for _, certificate := range a.Certificates {
		text(core.FnAttemptAddCertificate, "app_certificate", certificate)
	}
	if a.User.kind == byUID || a.User.kind == anyUser {
		s.Call(core.FnAttemptSetUID, made, uint64(a.User.uid))
	}
	if a.Service != 0 {
		s.Call(core.FnAttemptSetService, made, uint64(a.Service))
	}
	if a.Role != 0 {
		s.Call(core.FnAttemptSetRole, made, uint64(a.Role))
	}
	at := a.At
	if at.IsZero() {
		at = time.Now()
	}
	s.Call(core.FnAttemptSetAt, made, since1970(s, CodeInvalidTimestamp, "at", at))
	if a.Redact {
		s.Call(core.FnAttemptRedact, made)
	}
	return made
}
