package core

// Service is a service of an AccessToken2 as both faces hand it over.
type Service struct {
	Type       uint16
	Values     []Value
	Privileges map[uint16]uint32
}

// Token2 is an AccessToken2 in the making.
type Token2 struct {
	AppID, AppCertificate string
	IssueTs, Expire, Salt uint32
	Services              []Service
}

// Build signs and encodes it.
func (t *Token2) Build() (token string, err error) {
	err = With(func(s *Session) {
		appID, certificate := s.Text(t.AppID, "app_id"), s.Text(t.AppCertificate, "app_certificate")
		made := s.Make(FnAccessToken2NewAt, FnAccessToken2Free,
			appID, certificate, uint64(t.IssueTs), uint64(t.Expire), uint64(t.Salt))
		for _, service := range t.Services {
			s.addService(made, service)
		}
		token = s.String(FnAccessToken2Build, made)
	})
	return token, err
}

func (s *Session) addService(token uint64, service Service) {
	defer s.giveUp(s.used)
	values := s.values(service.Values)
	index := s.Number(FnAccessToken2AddService, token, uint64(service.Type), values, uint64(len(service.Values)))
	for privilege, expire := range service.Privileges {
		s.Call(FnAccessToken2AddPrivilege, token, index, uint64(privilege), uint64(expire))
	}
}

// Parsed2 is what an AccessToken2 says.
type Parsed2 struct {
	AppID                 string
	IssueTs, Expire, Salt uint32
	Signature, SignedPart string
	// The services that could be read, and the one of an unknown type that could not.
	Services    []ParsedService
	Unknown     *ParsedService
	UnreadBytes int
}

// ParsedService is a service that was read.
type ParsedService struct {
	Type       uint16
	Privileges map[uint16]uint32
}

// ParseToken2 reads an AccessToken2. Places gives where the fields of a known service go, in the order of the wire: a
// *string for a text, an *int16 for a role, and for permissions what takes their pairs.
func ParseToken2(token string, places func(serviceType uint16) []any) (parsed Parsed2, err error) {
	err = With(func(s *Session) {
		handle := s.Make(FnUnverifiedToken2Parse, FnUnverifiedToken2Free, s.Text(token, "token"))
		parsed = Parsed2{
			AppID:       s.Sized(FnUnverifiedToken2AppID, handle),
			Signature:   s.Sized(FnUnverifiedToken2Signature, handle),
			SignedPart:  s.Sized(FnUnverifiedToken2SigningInfo, handle),
			IssueTs:     uint32(s.Number(FnUnverifiedToken2IssueTs, handle)),
			Expire:      uint32(s.Number(FnUnverifiedToken2Expire, handle)),
			Salt:        uint32(s.Number(FnUnverifiedToken2Salt, handle)),
			UnreadBytes: int(s.Number(FnUnverifiedToken2UnreadBytes, handle)),
		}
		for i := range s.Number(FnUnverifiedToken2ServiceCount, handle) {
			service := ParsedService{
				uint16(s.Number(FnUnverifiedToken2ServiceType, handle, i)),
				s.privileges(FnUnverifiedToken2PrivilegeCount, FnUnverifiedToken2Privilege, handle, i),
			}
			fields, ok := fieldNumbers[service.Type]
			if !ok {
				parsed.Unknown = &service
				break
			}
			for place, to := range places(service.Type) {
				switch to := to.(type) {
				case *string:
					*to = s.Sized(FnUnverifiedToken2Text, handle, i, fields[place])
				case *int16:
					*to = int16(s.Number(FnUnverifiedToken2APaaSRole, handle, i))
				case interface{ SetPairs([]Pair) }:
					to.SetPairs(s.pairs(handle, i))
				}
			}
			parsed.Services = append(parsed.Services, service)
		}
	})
	return parsed, err
}

// VerifyToken2 checks who signed an AccessToken2.
func VerifyToken2(token, appCertificate string) error {
	return With(func(s *Session) {
		handle := s.Make(FnUnverifiedToken2Parse, FnUnverifiedToken2Free, s.Text(token, "token"))
		s.Call(FnUnverifiedToken2VerifySignature, handle, s.Text(appCertificate, "app_certificate"))
	})
}

func (s *Session) privileges(count, get Function, arguments ...uint64) map[uint16]uint32 {
	privileges := make(map[uint16]uint32)
	for i := range s.Number(count, arguments...) {
		privilege, expire := s.out(0), s.out(1)
		s.Call(get, append(arguments, i, privilege, expire)...)
		privileges[uint16(s.uint64(privilege))] = uint32(s.uint64(expire))
	}
	return privileges
}

func (s *Session) pairs(handle, service uint64) []Pair {
	var pairs []Pair
	for i := range s.Number(FnUnverifiedToken2PermissionCount, handle, service) {
		resource, permission, count := s.out(0), s.out(1), s.out(2)
		s.Call(FnUnverifiedToken2Permission, handle, service, i, resource, permission, count)
		pair := Pair{ResourceType: uint16(s.uint64(resource)), PermissionType: uint16(s.uint64(permission))}
		resources := s.word(count)
		for j := range resources {
			pair.Resources = append(pair.Resources, s.Sized(FnUnverifiedToken2Resource, handle, service, i, j))
		}
		pairs = append(pairs, pair)
	}
	return pairs
}
