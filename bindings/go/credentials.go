package agoratoken

import (
	"fmt"
	"os"

	"agora-token.example/agoratoken/internal/core"
)

// Credentials are a project's App ID and App Certificate, 32 hexadecimal digits each. The certificate signs tokens: it
// belongs on your server, never in a client. Name both, since every token shows the first:
//
//	agoratoken.Credentials{AppID: appID, AppCertificate: appCertificate}
type Credentials struct {
	AppID          string
	AppCertificate string
}

// The variables of the environment that hold credentials.
const (
	envAppID                = "AGORA_APP_ID"
	envAppCertificate       = "AGORA_APP_CERTIFICATE"
	envSecondaryCertificate = "AGORA_APP_CERTIFICATE_SECONDARY"
)

// CredentialsFromEnv takes the credentials from AGORA_APP_ID and AGORA_APP_CERTIFICATE. What is refused has the variable's
// name.
func CredentialsFromEnv() (Credentials, error) {
	appID, ok := os.LookupEnv(envAppID)
	if !ok {
		return Credentials{}, notSet(CodeInvalidAppID, envAppID)
	}
	appCertificate, ok := os.LookupEnv(envAppCertificate)
	if !ok {
		return Credentials{}, notSet(CodeInvalidAppCertificate, envAppCertificate)
	}
	credentials := Credentials{appID, appCertificate}
	if _, err := NewIssuer(credentials); err != nil {
		return Credentials{}, named(named(err, CodeInvalidAppID, envAppID), CodeInvalidAppCertificate, envAppCertificate)
	}
	return credentials, nil
}

func notSet(code ErrorCode, variable string) error {
	return &Error{Code: code, Field: variable, Reason: "is not set in the environment"}
}

// named names the variable that is at fault where an error has this code.
func named(err error, code ErrorCode, variable string) error {
	if refusal, ok := err.(*Error); ok && refusal.Code == code {
		refusal.Field = variable
	}
	return err
}

// make makes what a function makes of credentials.
func (c Credentials) make(s *core.Session, f, free core.Function) uint64 {
	return s.Make(f, free, s.Text(c.AppID, "app_id"), s.Text(c.AppCertificate, "app_certificate"))
}

// Format shows the credentials without the certificate, however they are printed.
func (c Credentials) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "Credentials{AppID: %s}", c.AppID)
}

// MarshalJSON refuses: a certificate in a document is one too many.
func (c Credentials) MarshalJSON() ([]byte, error) {
	return nil, fmt.Errorf("agoratoken: credentials are not for a document")
}
