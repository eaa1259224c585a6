// Reads a token from standard input and says why it does not let user 42 into the channel "room" now: exit code 1 if
// something keeps the user out. Set AGORA_APP_CERTIFICATE to have the signature checked as well.
package main

import (
	"fmt"
	"io"
	"os"

	"agora-token.example/agoratoken"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	attempt := agoratoken.Attempt{Channel: "room", User: agoratoken.UID(42), Service: agoratoken.ServiceTypeRTC}
	if certificate, ok := os.LookupEnv("AGORA_APP_CERTIFICATE"); ok {
		attempt.Certificates = []string{certificate}
	}
	// As it came, with the newline that may be what is wrong with it.
	findings, err := agoratoken.Diagnose(string(text), attempt)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if len(findings) == 0 {
		fmt.Println("nothing is wrong")
	}
	isOut := false
	for _, finding := range findings {
		fmt.Printf("%s %s: %s\n  %s\n", finding.Severity, finding.Code, finding.Cause, finding.Fix)
		isOut = isOut || finding.Severity == agoratoken.SeverityError
	}
	if isOut {
		os.Exit(1)
	}
}
