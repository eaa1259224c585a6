package agoratoken

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

var (
	project = Credentials{AppID: appID, AppCertificate: certificate}
	frozen  = time.Unix(1_700_000_000, 0)
)

const otherCertificate = "0123456789abcdef0123456789abcdef"

func testIssuer(t *testing.T) *Issuer {
	t.Helper()
	issuer, err := NewIssuer(project, WithClock(func() time.Time { return frozen }), WithSalt(func() uint32 { return 12345678 }))
	if err != nil {
		t.Fatal(err)
	}
	return issuer
}

func issue(t *testing.T, grant Grant) IssuedToken {
	t.Helper()
	issued, err := testIssuer(t).Issue(grant)
	if err != nil {
		t.Fatal(err)
	}
	return issued
}

// is checks an error's code, its field and that neither certificate nor token shows in it.
func is(t *testing.T, err error, code ErrorCode, field string) {
	t.Helper()
	var refusal *Error
	if !errors.As(err, &refusal) || refusal.Code != code || refusal.Field != field {
		t.Errorf("%v of %s expected, found %+v", code, field, err)
	} else if !errors.Is(err, code) || strings.Contains(err.Error(), certificate) {
		t.Errorf("%v", err)
	}
}

func TestAnIssuedToken(t *testing.T) {
	issued := issue(t, RTC("room", UID(42), Publisher))
	read, err := ParseAccessToken2(issued.Token)
	if err != nil {
		t.Fatal(err)
	}
	granted := Privileges{RTCJoinChannel: 3600, RTCPublishAudioStream: 3600, RTCPublishVideoStream: 3600, RTCPublishDataStream: 3600}
	same(t, "service", []Service{&ServiceRTC{ChannelName: "room", Account: "42", Privileges: granted}}, read.Services)
	same(t, "times", []uint32{1700000000, 3600, 12345678}, []uint32{read.IssueTs, read.Expire, read.Salt})
	document, err := json.Marshal(issued)
	want := fmt.Sprintf(`{"token":%q,"issuedAt":1700000000,"expiresAt":1700003600,"refreshAfter":1700003240}`, issued.Token)
	if err != nil || string(document) != want {
		t.Errorf("%s and %v", document, err)
	}
}

func TestGrantsOfEverything(t *testing.T) {
	for name, c := range map[string]struct {
		grant Grant
		want  string
	}{
		"any channel and user": {RTCAnyChannel(AnyUser, Subscriber), `[{"type":1,"name":"rtc","privileges":{"joinChannel":3600},"channel":"*","account":""}]`},
		"messaging":            {RTM(Account("alice")).WithLifetime(10 * time.Minute), `[{"type":2,"name":"rtm","privileges":{"login":600},"userId":"alice"}]`},
		"permissions":          {NewGrant(Account("alice")).WithRTM2(Permissions{{MessageChannels, Read, []string{"lobby*"}}}), `[{"type":8,"name":"rtm2","privileges":{"login":3600},"userId":"alice","permissions":{"messageChannels":{"read":["lobby*"]}}}]`},
		"chat and messaging":   {Chat(UID(7)).WithRTM(), `[{"type":2,"name":"rtm","privileges":{"login":3600},"userId":"7"},{"type":5,"name":"chat","privileges":{"user":3600},"userId":"7"}]`},
		"a classroom":          {NewGrant(Account("u")).With(ServiceTypeAPaaS).WithRoom("r", -7), `[{"type":7,"name":"apaas","privileges":{"roomUser":3600},"roomUuid":"r","userUuid":"u","role":-7}]`},
		"parts": {NewGrant(UID(1)).With(ServiceTypeStreaming).WithChannel("room").WithRole(Publisher).WithPublishLifetime(time.Minute),
			`[{"type":3,"name":"streaming","privileges":{"publishMixStream":60,"publishRawStream":60},"channel":"room","account":"1"}]`},
		"a week":          {RTC("room", UID(1), Subscriber).WithLifetimeLongerThanADay(7 * 24 * time.Hour), `[{"type":1,"name":"rtc","privileges":{"joinChannel":604800},"channel":"room","account":"1"}]`},
		"another channel": {RTC("room", UID(1), Subscriber).WithChannel("other"), `[{"type":1,"name":"rtc","privileges":{"joinChannel":3600},"channel":"other","account":"1"}]`},
		"another user":    {RTC("room", UID(1), Subscriber).ForUser(UID(2)), `[{"type":1,"name":"rtc","privileges":{"joinChannel":3600},"channel":"room","account":"2"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			inspection, err := Inspect(issue(t, c.grant).Token)
			if err != nil {
				t.Fatal(err)
			}
			var document struct {
				Services json.RawMessage `json:"services"`
			}
			text, _ := json.Marshal(inspection)
			if err := json.Unmarshal(text, &document); err != nil || string(document.Services) != c.want {
				t.Errorf("%s, %s expected", document.Services, c.want)
			}
		})
	}
}

func TestAGrantIsAValue(t *testing.T) {
	rtc := RTC("room", UID(1), Subscriber)
	messaging, chatting := rtc.WithRTM(), rtc.WithChat()
	for grant, services := range map[*Grant]int{&rtc: 1, &messaging: 2, &chatting: 2} {
		read, err := ParseAccessToken2(issue(t, *grant).Token)
		if err != nil || len(read.Services) != services {
			t.Errorf("%v, %v", read, err)
		}
	}
}

func TestWhatAnIssuerRefuses(t *testing.T) {
	issuer := testIssuer(t)
	rtc := RTC("room", UID(42), Publisher)
	for name, c := range map[string]struct {
		grant Grant
		code  ErrorCode
		field string
	}{
		"uid 0":              {RTC("room", UID(0), Publisher), CodeInvalidUID, "uid"},
		"no user":            {RTC("room", User{}, Publisher), CodeInvalidUserID, "user"},
		"a printed nothing":  {RTC("room", Account("undefined"), Publisher), CodeInvalidUserAccount, "account"},
		"a wildcard":         {RTC("*", UID(42), Publisher), CodeInvalidChannelName, "channel"},
		"a NUL":              {RTC("ro\x00om", UID(42), Publisher), CodeNulInText, "channel"},
		"no text":            {RTC("\xff", UID(42), Publisher), CodeInvalidUTF8, "channel"},
		"a role of old":      {RTC("room", UID(42), Admin), CodeInvalidRole, "role"},
		"nothing":            {NewGrant(UID(42)), CodeNoServices, "services"},
		"any user's login":   {RTM(AnyUser), CodeInvalidUserID, "user"},
		"a week":             {rtc.WithLifetime(7 * 24 * time.Hour), CodeLifetimeOverADay, "lifetime"},
		"half a second":      {rtc.WithLifetime(1500 * time.Millisecond), CodeInvalidLifetime, "lifetime"},
		"a negative second":  {rtc.WithPublishLifetime(-time.Second), CodeInvalidLifetime, "publishLifetime"},
		"a timestamp":        {rtc.WithLifetimeLongerThanADay(1_700_000_000 * time.Second), CodeTokenExpireLooksLikeTimestamp, "lifetime"},
		"two channels":       {rtc.WithRTC("other", Subscriber), CodeInvalidChannelName, "channel"},
		"another and one":    {RTCAnyChannel(UID(42), Publisher).WithRTC("room", Subscriber), CodeInvalidChannelName, "channel"},
		"an unknown service": {rtc.With(99), CodeIndexOutOfRange, "service"},
		"too many resources": {NewGrant(UID(1)).WithRTM2(Permissions{{Users, Read, unlike(400)}}), CodeTokenTooLong, "token"},
	} {
		t.Run(name, func(t *testing.T) {
			issued, err := issuer.Issue(c.grant)
			if issued.Token != "" {
				t.Error("there is a token")
			}
			is(t, err, c.code, c.field)
		})
	}
	_, err := NewIssuer(Credentials{AppID: appID, AppCertificate: appID})
	is(t, err, CodeInvalidAppCertificate, "appCertificate")
	_, err = NewIssuer(Credentials{AppID: appID, AppCertificate: certificate + "\n"})
	is(t, err, CodeInvalidAppCertificate, "appCertificate")
	for _, leeway := range []time.Duration{-time.Second, time.Millisecond} {
		_, err = NewVerifier(project, WithLeeway(leeway))
		is(t, err, CodeInvalidLifetime, "leeway")
	}
	_, err = NewVerifier(project, WithClock(func() time.Time { return time.Unix(-1, 0) }))
	is(t, err, CodeClockOutOfRange, "clock")
	_, err = Diagnose("007", Attempt{At: time.Unix(-1, 0)})
	is(t, err, CodeInvalidTimestamp, "at")
	late, err := NewIssuer(project, WithClock(func() time.Time { return time.Unix(1<<32, 0) }))
	if err != nil {
		t.Fatal(err)
	}
	_, err = late.Issue(rtc)
	is(t, err, CodeClockOutOfRange, "clock")
}

func TestMany(t *testing.T) {
	var grants []Grant
	for uid := range uint32(100) {
		grants = append(grants, RTC("room", UID(uid), Subscriber))
	}
	for row, issued := range testIssuer(t).IssueMany(grants) {
		if row == 0 {
			is(t, issued.Err, CodeInvalidUID, "uid")
			continue
		}
		inspection, err := Inspect(issued.Token)
		if err != nil || inspection.User() != fmt.Sprint(row) || inspection.Channel() != "room" {
			t.Errorf("row %d: %v, %v", row, inspection, err)
		}
	}
}

func TestTheEnvironment(t *testing.T) {
	t.Setenv(envAppID, appID)
	t.Setenv(envAppCertificate, certificate)
	t.Setenv(envSecondaryCertificate, otherCertificate)
	issuer, err := IssuerFromEnv()
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := VerifierFromEnv()
	if err != nil {
		t.Fatal(err)
	}
	issued, err := issuer.Issue(RTC("room", UID(42), Publisher))
	if err != nil || verifier.Verify(issued.Token) != nil {
		t.Errorf("%v", err)
	}
	t.Setenv(envSecondaryCertificate, "none")
	_, err = VerifierFromEnv()
	is(t, err, CodeInvalidAppCertificate, envSecondaryCertificate)
	t.Setenv(envSecondaryCertificate, otherCertificate)
	_, err = VerifierFromEnv(WithCertificate("none"))
	is(t, err, CodeInvalidAppCertificate, "appCertificate")
	t.Setenv(envAppCertificate, "none")
	for _, fromEnv := range []func() error{
		func() error { _, err := CredentialsFromEnv(); return err },
		func() error { _, err := IssuerFromEnv(); return err },
		func() error { _, err := VerifierFromEnv(); return err },
	} {
		is(t, fromEnv(), CodeInvalidAppCertificate, envAppCertificate)
	}
	for _, variable := range []string{envAppCertificate, envAppID} {
		t.Run(variable, func(t *testing.T) {
			unset(t, variable)
			_, err = VerifierFromEnv()
			if !strings.Contains(fmt.Sprint(err), variable+" is not set in the environment") {
				t.Error(err)
			}
		})
	}
}

// What nobody made is refused as what has no credentials, and a clock that is none is the system's.
func TestZeroValues(t *testing.T) {
	_, err := new(Issuer).Issue(RTM(Account("alice")))
	is(t, err, CodeInvalidAppID, "appID")
	is(t, new(Verifier).Verify("007"), CodeInvalidAppID, "appID")
	_, err = testIssuer(t).Issue(Grant{})
	is(t, err, CodeInvalidUserID, "user")
	issuer, err := NewIssuer(project, WithClock(nil), WithSalt(nil))
	if err != nil {
		t.Fatal(err)
	}
	if issued, err := issuer.Issue(RTM(Account("alice"))); err != nil || time.Since(issued.IssuedAt) > time.Minute {
		t.Error(issued, err)
	}
}

func TestAVerdict(t *testing.T) {
	token := issue(t, RTC("room", UID(42), Publisher).WithPublishLifetime(time.Minute)).Token
	at := func(seconds int64) Option {
		return WithClock(func() time.Time { return frozen.Add(time.Duration(seconds) * time.Second) })
	}
	for name, c := range map[string]struct {
		options  []Option
		expected []Expectation
		codes    []ErrorCode
	}{
		"good":                  {nil, []Expectation{ExpectChannel("room"), ExpectUID(42)}, nil},
		"a user by text":        {nil, []Expectation{ExpectUser(Account("42")), ExpectService(ServiceTypeRTC)}, nil},
		"another channel":       {nil, []Expectation{ExpectChannel("")}, []ErrorCode{CodeChannelMismatch}},
		"another user":          {nil, []Expectation{ExpectAccount("alice")}, []ErrorCode{CodeUserMismatch}},
		"any user":              {nil, []Expectation{ExpectUser(AnyUser)}, []ErrorCode{CodeUserMismatch}},
		"another service":       {nil, []Expectation{ExpectService(ServiceTypeRTM)}, []ErrorCode{CodeServiceMissing}},
		"a privilege":           {nil, []Expectation{ExpectPrivilege(RTCPublishAudioStream)}, nil},
		"a privilege that ends": {[]Option{at(60)}, []Expectation{ExpectPrivilege(RTCPublishAudioStream)}, []ErrorCode{CodePrivilegeExpired}},
		"over":                  {[]Option{at(3600)}, nil, []ErrorCode{CodeTokenExpired, CodePrivilegeExpired}},
		"over, with leeway":     {[]Option{at(3610), WithLeeway(time.Minute)}, nil, nil},
		"over, whenever":        {[]Option{at(9999), IgnoreTime()}, nil, nil},
		"too early":             {[]Option{at(-10)}, nil, []ErrorCode{CodeTokenIssuedInFuture}},
	} {
		t.Run(name, func(t *testing.T) {
			verifier := verifierOf(t, appID, certificate, append([]Option{at(0)}, c.options...)...)
			verdict, err := verifier.Verdict(token, c.expected...)
			if err != nil {
				t.Fatal(err)
			}
			var codes []ErrorCode
			for _, refusal := range verdict.Refusals {
				codes = append(codes, refusal.Code)
			}
			same(t, "codes", c.codes, codes)
			err = verifier.Verify(token, c.expected...)
			if verdict.Valid != (err == nil) || verdict.Certificate != 0 || verdict.Token.Channel() != "room" {
				t.Errorf("%v, %v", verdict, err)
			}
			for _, code := range c.codes {
				if !errors.Is(err, code) {
					t.Errorf("%v is not %v", err, code)
				}
			}
		})
	}
	verifier := verifierOf(t, appID, certificate)
	is(t, verifier.Verify("no token"), CodeTokenVersion, "token")
	for text, code := range map[string]ErrorCode{"": CodeTokenVersion, "007\x00": CodeNulInText, "007\xff": CodeInvalidUTF8} {
		var refused *Refused
		if err := verifier.Verify(text); !errors.As(err, &refused) {
			t.Errorf("%q: %v", text, err)
		}
		is(t, verifier.Verify(text), code, "token")
		verdict := must(verifier.Verdict(text))
		document, err := json.Marshal(verdict)
		if want := `"code":"` + code.String(); err != nil || !strings.Contains(string(document), want) || verdict.Token != nil {
			t.Errorf("%s %v", document, err)
		}
	}
	is(t, verifier.Verify(token, ExpectUser(User{})), CodeInvalidUserID, "user")
	is(t, verifier.Verify(token, ExpectService(99)), CodeIndexOutOfRange, "service")
	other := verifierOf(t, appID, otherCertificate, at(0))
	is(t, other.Verify(token), CodeSignatureMismatch, "signature")
	if verdict, _ := other.Verdict(token); verdict.Token != nil || verdict.Certificate != -1 {
		t.Errorf("%v", verdict)
	}
	rotated := verifierOf(t, appID, otherCertificate, at(0), WithCertificate(certificate))
	if verdict, _ := rotated.Verdict(token); !verdict.Valid || verdict.Certificate != 1 {
		t.Errorf("%v", verdict)
	}
	document, err := json.Marshal(must(other.Verdict(token)))
	if want := `{"valid":false,"certificate":null,"refusals":[{"code":"SIGNATURE_MISMATCH","field":"signature",`; err != nil || !strings.HasPrefix(string(document), want) {
		t.Errorf("%s", document)
	}
}

func TestUsersFromOutside(t *testing.T) {
	for text, want := range map[string]User{"42": UID(42), "alice": Account("alice"), "4a": Account("4a")} {
		if user, err := ParseUser(text); err != nil || user != want {
			t.Errorf("%s: %v, %v", text, user, err)
		}
	}
	for _, text := range []string{"", "0", "042", " 42", "4294967296", "*", "null"} {
		if user, err := ParseUser(text); err == nil {
			t.Errorf("%q: %v", text, user)
		}
	}
	var request struct{ User User }
	for document, want := range map[string]User{`42`: UID(42), `"42"`: UID(42), `"alice"`: Account("alice")} {
		if err := json.Unmarshal([]byte(`{"user":`+document+`}`), &request); err != nil || request.User != want {
			t.Errorf("%s: %v, %v", document, request.User, err)
		}
	}
	for _, document := range []string{`0`, `-1`, `1.5`, `4294967296`, `null`, `true`, `[]`, `{}`, `"0"`} {
		if err := json.Unmarshal([]byte(`{"user":`+document+`}`), &request); err == nil {
			t.Errorf("%s: %v", document, request.User)
		}
	}
	// As a program may call it that reads JSON by itself.
	for _, document := range []string{"", " ", "-", "42x", `"`, "4\x002", "\xff"} {
		if err := new(User).UnmarshalJSON([]byte(document)); err == nil {
			t.Errorf("%q is a user", document)
		}
	}
	is(t, json.Unmarshal([]byte(`{"user":4294967296}`), &request), CodeInvalidUID, "user")
	is(t, json.Unmarshal([]byte(`{"user":null}`), &request), CodeInvalidUserAccount, "user")
}

// Whatever is printed, no certificate and no token shows.
func TestNothingSecretIsShown(t *testing.T) {
	issuer, verifier := testIssuer(t), verifierOf(t, appID, certificate, WithCertificate(otherCertificate))
	issued := issue(t, RTC("room", UID(42), Publisher))
	minted := must(NewAccessToken2(appID, certificate, 60))
	old := must(NewAccessToken(appID, certificate, "room", "42"))
	inspection := must(Inspect(issued.Token))
	attempt := Attempt{Certificates: []string{certificate}}
	for _, value := range []any{project, &project, issuer, *issuer, verifier, *verifier, issued, &issued, minted, old, attempt, inspection, must(verifier.Verdict(issued.Token))} {
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("shown", "value", value)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("shown", "value", value)
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			log.WriteString(fmt.Sprintf(verb, value))
		}
		hidden := []string{certificate, otherCertificate, issued.Token, fmt.Sprintf("%x", certificate)}
		for _, secret := range hidden {
			if strings.Contains(log.String(), secret) {
				t.Errorf("%T shows %.8s…", value, secret)
			}
		}
	}
}

func TestCodes(t *testing.T) {
	if CodeTokenExpired.String() != "TOKEN_EXPIRED" || ErrorCode(9999).String() != "UNKNOWN_STATUS" {
		t.Error(CodeTokenExpired.String())
	}
	if CodeTokenExpired.Fault() != FaultCaller || CodeInvalidAppCertificate.Fault() != FaultConfiguration || CodeInternal.Fault() != FaultSystem {
		t.Error(CodeTokenExpired.Fault())
	}
	if CodeTokenExpired.HTTPStatus() != 401 || CodeChannelMismatch.HTTPStatus() != 403 || CodeInvalidUID.HTTPStatus() != 400 {
		t.Error(CodeTokenExpired.HTTPStatus())
	}
	_, err := BuildToken2WithUID("x", certificate, "room", 42, Publisher, 60, 60)
	if want := "agoratoken: appID has 1 character, 32 hexadecimal digits expected"; err.Error() != want {
		t.Errorf("%v, %s expected", err, want)
	}
}

// unlike are names that do not compress.
func unlike(count int) []string {
	names := make([]string, count)
	for i := range names {
		names[i] = fmt.Sprintf("%08x", uint32(i)*2654435761)
	}
	return names
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
