package agoratoken_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"agora-token.example/agoratoken"
)

const (
	sampleID          = "970CA35de60c44645bbae8a215061b33"
	sampleCertificate = "5CFd2fd1755d40ecb72977518be15d3b"
)

func sample(t *testing.T) (*agoratoken.Issuer, *agoratoken.Verifier) {
	t.Helper()
	credentials := agoratoken.Credentials{AppID: sampleID, AppCertificate: sampleCertificate}
	issuer, err := agoratoken.NewIssuer(credentials)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := agoratoken.NewVerifier(credentials)
	if err != nil {
		t.Fatal(err)
	}
	return issuer, verifier
}

// A question that another takes the place of would not be asked.
func TestWhatIsExpectedTwiceIsRefused(t *testing.T) {
	issuer, verifier := sample(t)
	issued, err := issuer.Issue(agoratoken.RTC("room", agoratoken.UID(1), agoratoken.Publisher))
	if err != nil {
		t.Fatal(err)
	}
	if err := verifier.Verify(issued.Token, agoratoken.ExpectUID(1)); err != nil {
		t.Fatal(err)
	}
	for _, expected := range [][]agoratoken.Expectation{
		{agoratoken.ExpectUID(2), agoratoken.ExpectAccount("1")},
		{agoratoken.ExpectUID(2), agoratoken.ExpectUID(1)},
		{agoratoken.ExpectChannel("hall"), agoratoken.ExpectChannel("room")},
		{{}},
	} {
		if err := verifier.Verify(issued.Token, expected...); err == nil {
			t.Error("a question was dropped")
		}
	}
}

// A row that is refused is no token that ended in the year 1.
func TestARefusedRowSaysWhy(t *testing.T) {
	issuer, _ := sample(t)
	rows := issuer.IssueMany([]agoratoken.Grant{
		agoratoken.RTC("*", agoratoken.UID(1), agoratoken.Publisher),
	})
	text, err := json.Marshal(rows)
	if err != nil || !strings.HasPrefix(string(text), `[{"error":`) {
		t.Errorf("%s %v", text, err)
	}
	var read []struct {
		Error struct{ Code, Field, Reason string }
	}
	if err := json.Unmarshal(text, &read); err != nil || read[0].Error.Code != "INVALID_CHANNEL_NAME" ||
		read[0].Error.Field != "channel" || read[0].Error.Reason == "" {
		t.Errorf("%s %v", text, err)
	}
	if shown := fmt.Sprintf("%+v", rows[0]); !strings.Contains(shown, "channel") {
		t.Error(shown)
	}
}
