// A token server's answer: lets the user named on the command line into the channel "room" and into messaging, for one
// hour, and prints the token with the times a client needs, as JSON.
//
//	go run ./issue alice
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"agora-token.example/agoratoken"
)

func main() {
	issuer, err := agoratoken.IssuerFromEnv()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	var name string // an empty one is refused, as "undefined" and "0" are
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	grant := agoratoken.RTC("room", agoratoken.Account(name), agoratoken.Publisher).WithRTM().WithLifetime(time.Hour)
	issued, err := issuer.Issue(grant)
	var refusal *agoratoken.Error
	if errors.As(err, &refusal) {
		fmt.Fprintf(os.Stderr, "%s: %s %s\n", refusal.Code, refusal.Field, refusal.Reason)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(issued); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
