// Package accesstoken2 has the names of the official package of AccessToken2 (007), over the core of agoratoken. Its
// errors have the official words where a program may compare them, and unwrap to an *agoratoken.Error.
package accesstoken2

import (
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"

	"agora-token.example/agoratoken"
	"agora-token.example/agoratoken/internal/core"
)

// What a token begins with.
const (
	Version       = "007"
	VersionLength = 3
)

// IService is a service, as *ServiceRtc.
type IService interface {
	service() *Service
	values() []core.Value
	places() []any
}

// Service is what all services have. Alone it stands for a service without fields.
type Service struct {
	Privileges map[uint16]uint32
	Type       uint16
}

// NewService makes a service without privileges.
func NewService(serviceType uint16) *Service {
	return &Service{make(map[uint16]uint32), serviceType}
}

// AddPrivilege grants a privilege, in seconds from the issue timestamp.
func (s *Service) AddPrivilege(privilege uint16, expire uint32) { s.Privileges[privilege] = expire }

func (s *Service) service() *Service { return s }

func (s *Service) values() []core.Value { return nil }

func (s *Service) places() []any { return nil }

// Rtm2Permissions are resources by the type of resource and of permission.
type Rtm2Permissions struct {
	Details map[uint16]map[uint16][]string
}

// NewRtm2Permissions makes an empty set of permissions.
func NewRtm2Permissions() *Rtm2Permissions {
	return &Rtm2Permissions{make(map[uint16]map[uint16][]string)}
}

// Add sets the resources of two types.
func (p *Rtm2Permissions) Add(resourceType, permissionType uint16, resources []string) {
	if p.Details[resourceType] == nil {
		p.Details[resourceType] = make(map[uint16][]string)
	}
	p.Details[resourceType][permissionType] = resources
}

// Make is for the core.
func (p *Rtm2Permissions) Make(s *core.Session) uint64 {
	var pairs []core.Pair
	for resource, permissions := range orNone(p).Details {
		for permission, resources := range permissions {
			pairs = append(pairs, core.Pair{ResourceType: resource, PermissionType: permission, Resources: resources})
		}
	}
	return s.Permissions(pairs)
}

// SetPairs is for the core.
func (p *Rtm2Permissions) SetPairs(pairs []core.Pair) {
	for _, pair := range pairs {
		p.Add(pair.ResourceType, pair.PermissionType, pair.Resources)
	}
}

func orNone(permissions *Rtm2Permissions) *Rtm2Permissions {
	if permissions == nil {
		return NewRtm2Permissions()
	}
	return permissions
}

// AccessToken is a token in the making, or one that was parsed.
type AccessToken struct {
	AppCert  string `json:"-"`
	AppId    string
	Expire   uint32
	IssueTs  uint32
	Salt     uint32
	Services []IService

	parsed string
}

// NewAccessToken starts a token that is made now, with a random salt. Without a clock or a random source they are 0.
func NewAccessToken(appId, appCert string, expire uint32) *AccessToken {
	issueTs, salt, _ := core.Stamp()
	return &AccessToken{AppCert: appCert, AppId: appId, Expire: expire, IssueTs: issueTs, Salt: salt}
}

// CreateAccessToken makes an empty token, to be parsed into.
func CreateAccessToken() *AccessToken { return NewAccessToken("", "", 900) }

// AddService adds a service; one type may be there several times.
func (t *AccessToken) AddService(service IService) { t.Services = append(t.Services, service) }

// GetServices gives the services of a type, in their order.
func (t *AccessToken) GetServices(serviceType uint16) []IService {
	var services []IService
	for _, service := range t.Services {
		if service.service().Type == serviceType {
			services = append(services, service)
		}
	}
	return services
}

// Build signs and encodes the token.
func (t *AccessToken) Build() (string, error) {
	token := core.Token2{AppID: t.AppId, AppCertificate: t.AppCert, Expire: t.Expire, IssueTs: t.IssueTs, Salt: t.Salt}
	for _, service := range t.Services {
		of := service.service()
		token.Services = append(token.Services, core.Service{Type: of.Type, Values: service.values(), Privileges: of.Privileges})
	}
	text, err := token.Build()
	return text, inOfficialWords(err)
}

// Parse reads a token into this one, without checking who signed it.
func (t *AccessToken) Parse(token string) (bool, error) {
	*t = AccessToken{AppCert: t.AppCert}
	if len(token) < VersionLength {
		return false, errors.New("invalid token length")
	}
	var services []IService
	parsed, err := core.ParseToken2(token, func(serviceType uint16) []any {
		service := newService(serviceType)
		services = append(services, service)
		return service.places()
	})
	if err != nil {
		return false, inOfficialWords(err)
	}
	t.AppId, t.Expire, t.IssueTs, t.Salt = parsed.AppID, parsed.Expire, parsed.IssueTs, parsed.Salt
	t.Services, t.parsed = services, token
	for i, service := range parsed.Services {
		services[i].service().Privileges = service.Privileges
	}
	return true, nil
}

// VerifySignature says whether this certificate signed the token that was parsed.
func (t *AccessToken) VerifySignature(appCertificate string) (bool, error) {
	if t.parsed == "" {
		return false, errors.New("parse token before verifying signature")
	}
	err := core.VerifyToken2(t.parsed, appCertificate)
	if errors.Is(err, agoratoken.CodeSignatureMismatch) {
		return false, nil
	}
	return err == nil, inOfficialWords(err)
}

// Format shows the token without its certificate, however it is printed.
func (t *AccessToken) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "AccessToken{AppId: %s, IssueTs: %d, Expire: %d, %d services}", t.AppId, t.IssueTs, t.Expire, len(t.Services))
}

// GetUidStr is the account that stands for a uid; the empty text of any user for 0.
func GetUidStr(uid uint32) string { return agoratoken.UIDAccount(uid) }

// Md5 is the MD5 of a text in lower-case hexadecimal digits: Chat's user ID of a classroom's user.
func Md5(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

// official is an error with the official words.
type official struct {
	words string
	cause error
}

func (e *official) Error() string { return e.words }

func (e *official) Unwrap() error { return e.cause }

// inOfficialWords are the errors that the official package gives in words of its own.
func inOfficialWords(err error) error {
	for words, codes := range map[string][]agoratoken.ErrorCode{
		"check appId or appCertificate": {agoratoken.CodeInvalidAppID, agoratoken.CodeInvalidAppCertificate, agoratoken.CodeTokenAppID},
		"no service added":              {agoratoken.CodeNoServices},
		"invalid token version":         {agoratoken.CodeTokenVersion},
	} {
		for _, code := range codes {
			if errors.Is(err, code) {
				return &official{words, err}
			}
		}
	}
	return err
}
