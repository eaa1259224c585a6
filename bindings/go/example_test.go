package agoratoken_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"agora-token.example/agoratoken"
)

// The public sample credentials of the official test suites.
var credentials = agoratoken.Credentials{
	AppID:          "970CA35de60c44645bbae8a215061b33",
	AppCertificate: "5CFd2fd1755d40ecb72977518be15d3b",
}

func ExampleIssuer_Issue() {
	issuer, err := agoratoken.NewIssuer(credentials)
	if err != nil {
		fmt.Println(err)
		return
	}
	// Alice joins a channel and publishes, and logs in to messaging, for two hours.
	grant := agoratoken.RTC("room", agoratoken.Account("alice"), agoratoken.Publisher).WithRTM()
	issued, err := issuer.Issue(grant.WithLifetime(2 * time.Hour))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(issued.Token[:3], issued.ExpiresAt.Sub(issued.IssuedAt))
	// Output: 007 2h0m0s
}

func ExampleVerifier_Verify() {
	issuer, err := agoratoken.NewIssuer(credentials)
	if err != nil {
		fmt.Println(err)
		return
	}
	issued, err := issuer.Issue(agoratoken.RTC("room", agoratoken.UID(42), agoratoken.Publisher))
	if err != nil {
		fmt.Println(err)
		return
	}
	verifier, err := agoratoken.NewVerifier(credentials)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(verifier.Verify(issued.Token, agoratoken.ExpectChannel("room"), agoratoken.ExpectUID(42)))
	err = verifier.Verify(issued.Token, agoratoken.ExpectChannel("lobby"))
	fmt.Println(errors.Is(err, agoratoken.CodeChannelMismatch))
	// Output:
	// <nil>
	// true
}

func ExampleError() {
	_, err := agoratoken.NewIssuer(agoratoken.Credentials{AppID: "app", AppCertificate: "certificate"})
	var refusal *agoratoken.Error
	if errors.As(err, &refusal) {
		fmt.Println(refusal.Code, refusal.Field, refusal.Fault())
	}
	// Output: INVALID_APP_ID appID configuration
}

func ExampleUser_UnmarshalJSON() {
	var request struct{ User agoratoken.User }
	for _, body := range []string{`{"user": 42}`, `{"user": "alice"}`, `{"user": 0}`} {
		err := json.Unmarshal([]byte(body), &request)
		fmt.Println(request.User, err)
	}
	// Output:
	// 42 <nil>
	// alice <nil>
	// alice agoratoken: user is 0, which means any user; ask for any user by name
}

func ExampleDiagnose() {
	token, err := agoratoken.BuildToken2WithUID(credentials.AppID, credentials.AppCertificate, "room", 42, agoratoken.Subscriber, 600, 600)
	if err != nil {
		fmt.Println(err)
		return
	}
	findings, err := agoratoken.Diagnose(token, agoratoken.Attempt{
		Channel: "room", User: agoratoken.UID(43), Certificates: []string{credentials.AppCertificate},
	})
	fmt.Println(findings[0].Code, findings[0].Severity, err)
	// Output: USER_DIFFERS error <nil>
}
