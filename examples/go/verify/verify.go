// Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if it
// does. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"agora-token.example/agoratoken"
)

func main() {
	verifier, err := agoratoken.VerifierFromEnv()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	err = verifier.Verify(strings.TrimSpace(string(text)), agoratoken.ExpectChannel("room"), agoratoken.ExpectUID(42))
	var refused *agoratoken.Refused
	switch {
	case errors.As(err, &refused):
		for _, refusal := range refused.Refusals {
			fmt.Fprintf(os.Stderr, "%s: %s\n", refusal.Code, refusal.Reason)
		}
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Println("valid")
}
