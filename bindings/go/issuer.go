package agoratoken

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"agora-token.example/agoratoken/internal/core"
)

// Issuer mints AccessToken2 tokens for one project, and refuses those that you would regret. Any number of goroutines
// may use one at once.
type Issuer struct {
	credentials Credentials
	options     options
}

// Option is something that an Issuer or a Verifier does in another way than usual.
type Option func(*options)

type options struct {
	now          func() time.Time
	salt         func() uint32
	leeway       time.Duration
	certificates []string
	ignoreTime   bool
}

// clock tells the time: the system's, unless it was given.
func (o *options) clock() time.Time {
	if o.now == nil {
		return time.Now()
	}
	return o.now()
}

func optionsOf(given []Option) options {
	var made options
	for _, option := range given {
		option(&made)
	}
	return made
}

// WithClock tells the time, in place of the system's clock: for tests.
func WithClock(now func() time.Time) Option { return func(o *options) { o.now = now } }

// WithSalt gives the salts of an Issuer's tokens, in place of random ones: for tests, which then get the same token each
// time. Two tokens that are otherwise equal must differ by it.
func WithSalt(salt func() uint32) Option { return func(o *options) { o.salt = salt } }

// NewIssuer makes an issuer, and refuses credentials that are none.
func NewIssuer(credentials Credentials, options ...Option) (*Issuer, error) {
	issuer := &Issuer{credentials, optionsOf(options)}
	if err := core.With(func(s *core.Session) { issuer.make(s) }); err != nil {
		return nil, err
	}
	return issuer, nil
}

// IssuerFromEnv makes an issuer of AGORA_APP_ID and AGORA_APP_CERTIFICATE.
func IssuerFromEnv(options ...Option) (*Issuer, error) {
	credentials, err := CredentialsFromEnv()
	if err != nil {
		return nil, err
	}
	return NewIssuer(credentials, options...)
}

func (i *Issuer) make(s *core.Session) uint64 {
	return i.credentials.make(s, core.FnIssuerNew, core.FnIssuerFree)
}

// Issue mints a token. The same grant may be used again, for a new token.
func (i *Issuer) Issue(grant Grant) (issued IssuedToken, err error) {
	issuedAt, err := core.Seconds(i.options.clock())
	if err != nil {
		return issued, err
	}
	var salt uint32
	if i.options.salt != nil {
		salt = i.options.salt()
	} else if salt, err = core.Salt(); err != nil {
		return issued, err
	}
	err = core.With(func(s *core.Session) {
		token, times := s.Issue(i.make(s), grant.make(s), issuedAt, salt)
		issued = IssuedToken{token, unix(times[0]), unix(times[1]), unix(times[2])}
	})
	if err != nil {
		return IssuedToken{}, err
	}
	return issued, nil
}

// Issued is what became of one grant of many.
type Issued struct {
	IssuedToken
	// Why there is no token, if there is none.
	Err error
}

// MarshalJSON gives what IssuedToken gives, or under "error" the code, the field and the reason for there being no token.
func (i Issued) MarshalJSON() ([]byte, error) {
	if i.Err == nil {
		return i.IssuedToken.MarshalJSON()
	}
	return json.Marshal(map[string]error{"error": i.Err})
}

// Format shows no token.
func (i Issued) Format(f fmt.State, verb rune) {
	if i.Err == nil {
		i.IssuedToken.Format(f, verb)
		return
	}
	_, _ = fmt.Fprintf(f, "Issued{Err: %v}", i.Err)
}

// LogValue shows no token.
func (i Issued) LogValue() slog.Value {
	if i.Err == nil {
		return i.IssuedToken.LogValue()
	}
	return slog.GroupValue(slog.String("error", i.Err.Error()))
}

// IssueMany mints a token for each grant, on all processors. One that is refused keeps no other from its token. A clock
// and a salt of one's own are called from several goroutines at once, and a panic of theirs ends the process.
func (i *Issuer) IssueMany(grants []Grant) []Issued {
	results := make([]Issued, len(grants))
	workers := min(runtime.GOMAXPROCS(0), len(grants))
	var wait sync.WaitGroup
	for worker := range workers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for row := worker; row < len(grants); row += workers {
				results[row].IssuedToken, results[row].Err = i.Issue(grants[row])
			}
		}()
	}
	wait.Wait()
	return results
}

// Format shows the issuer without its certificate, however it is printed.
func (i Issuer) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "Issuer{AppID: %s}", i.credentials.AppID)
}

// IssuedToken is a token with the times that its holder needs.
type IssuedToken struct {
	Token     string
	IssuedAt  time.Time
	ExpiresAt time.Time
	// From when on the holder should fetch the next: a tenth of the lifetime before the end, but at least 30 seconds
	// before it, since the SDK warns then; and never before half of the lifetime is over.
	RefreshAfter time.Time
}

// MarshalJSON gives what a client needs: token, issuedAt, expiresAt and refreshAfter, in Unix seconds.
func (t IssuedToken) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Token        string `json:"token"`
		IssuedAt     int64  `json:"issuedAt"`
		ExpiresAt    int64  `json:"expiresAt"`
		RefreshAfter int64  `json:"refreshAfter"`
	}{t.Token, t.IssuedAt.Unix(), t.ExpiresAt.Unix(), t.RefreshAfter.Unix()})
}

// Format shows the times alone: whoever reads a token may use it.
func (t IssuedToken) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "IssuedToken{ExpiresAt: %s}", t.ExpiresAt.UTC().Format(time.RFC3339))
}

// LogValue shows the times alone too.
func (t IssuedToken) LogValue() slog.Value {
	return slog.GroupValue(slog.Time("issuedAt", t.IssuedAt), slog.Time("expiresAt", t.ExpiresAt))
}

func unix(seconds uint64) time.Time { return time.Unix(int64(seconds), 0) }
