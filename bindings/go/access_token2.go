package agoratoken

import (
	"fmt"

	"agora-token.example/agoratoken/internal/core"
)

// AccessToken2 is an AccessToken2 (007) in the making. It expresses every token that exists, also ones that let in more
// than was meant: Issuer and the Build functions check what they are asked for.
type AccessToken2 struct {
	// The project; 32 hexadecimal digits.
	AppID string
	// Signs the token; 32 hexadecimal digits; secret.
	AppCertificate string `json:"-"`
	// When it was made, Unix seconds.
	IssueTs uint32
	// How long it lives, seconds from IssueTs; any number.
	Expire uint32
	// Any number; two tokens that are otherwise equal differ by it.
	Salt uint32
	// At least one.
	Services []Service
}

// NewAccessToken2 starts a token that is made now, with a random salt.
func NewAccessToken2(appID, appCertificate string, expire uint32, services ...Service) (*AccessToken2, error) {
	issueTs, salt, err := core.Stamp()
	if err != nil {
		return nil, err
	}
	return &AccessToken2{appID, appCertificate, issueTs, expire, salt, services}, nil
}

// Build signs and encodes the token. It may be changed and built again.
func (t *AccessToken2) Build() (string, error) {
	token := core.Token2{AppID: t.AppID, AppCertificate: t.AppCertificate, IssueTs: t.IssueTs, Expire: t.Expire, Salt: t.Salt}
	for _, service := range t.Services {
		token.Services = append(token.Services, core.Service{
			Type: uint16(service.Type()), Values: service.values(), Privileges: service.granted().plain(),
		})
	}
	return token.Build()
}

// Format shows the token without its certificate, however it is printed.
func (t *AccessToken2) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "AccessToken2{AppID: %s, IssueTs: %d, Expire: %d, %d services}", t.AppID, t.IssueTs, t.Expire, len(t.Services))
}

// UnknownService is a service of a type that is not known, which hides those after it: the format gives services no
// length.
type UnknownService struct {
	Type       ServiceType
	Privileges Privileges
}

// UnverifiedToken2 is what an AccessToken2 says, which anybody could have written: believe it after VerifySignature, or
// use a Verifier.
type UnverifiedToken2 struct {
	AppID                 string
	IssueTs, Expire, Salt uint32
	// 32 bytes, and what they are over.
	Signature, SigningInfo []byte
	// The known services, in the token's order.
	Services []Service
	// The service that could not be read, if there is one.
	Unknown *UnknownService
	// How many signed bytes were not understood: what follows an unknown service, or the last service.
	UnreadBytes int

	token string
}

// ParseAccessToken2 reads an AccessToken2 without checking who signed it.
func ParseAccessToken2(token string) (*UnverifiedToken2, error) {
	read := &UnverifiedToken2{token: token}
	parsed, err := core.ParseToken2(token, func(serviceType uint16) []any {
		service := newService(ServiceType(serviceType))
		read.Services = append(read.Services, service)
		return service.places()
	})
	if err != nil {
		return nil, err
	}
	read.AppID, read.IssueTs, read.Expire, read.Salt = parsed.AppID, parsed.IssueTs, parsed.Expire, parsed.Salt
	read.Signature, read.SigningInfo = []byte(parsed.Signature), []byte(parsed.SignedPart)
	read.UnreadBytes = parsed.UnreadBytes
	for i, service := range parsed.Services {
		*read.Services[i].granted() = privilegesOf(service.Privileges)
	}
	if unknown := parsed.Unknown; unknown != nil {
		read.Unknown = &UnknownService{ServiceType(unknown.Type), privilegesOf(unknown.Privileges)}
	}
	return read, nil
}

// ExpiresAt is when the token ends by its own word, Unix seconds.
func (t *UnverifiedToken2) ExpiresAt() uint64 { return uint64(t.IssueTs) + uint64(t.Expire) }

// VerifySignature refuses with CodeSignatureMismatch what this certificate did not sign. It looks at nothing else: not
// at the time, the channel or the user.
func (t *UnverifiedToken2) VerifySignature(appCertificate string) error {
	return core.VerifyToken2(t.token, appCertificate)
}
