// Mints a token with which user 42 joins the channel "room" and publishes, good for one hour, and prints it.
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.
package main

import (
	"fmt"
	"os"

	"agora-token.example/agoratoken"
)

func main() {
	credentials, err := agoratoken.CredentialsFromEnv()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	const hour = 3600
	token, err := agoratoken.BuildToken2WithUID(
		credentials.AppID, credentials.AppCertificate, "room", 42, agoratoken.Publisher, hour, hour)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(token)
}
