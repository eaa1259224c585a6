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
	err = With(func(s *Session) error {
		made, err := t.make(s)
		if err == nil {
			token, err = s.String(FnAccessToken2Build, made)
		}
		return err
	})
	return token, err
}

func (t *Token2) make(s *Session) (uint64, error) {
	appID, err := s.Text(t.AppID, "app_id")
	if err != nil {
		return 0, err
	}
	certificate, err := s.Text(t.AppCertificate, "app_certificate")
	if err != nil {
		return 0, err
	}
	stamp := [...]uint64{appID, certificate, uint64(t.IssueTs), uint64(t.Expire), uint64(t.Salt)}
	made, err := s.Make(FnAccessToken2NewAt, FnAccessToken2Free, stamp[:]...)
	if err != nil {
		return 0, err
	}
	for _, service := range t.Services {
		if err := s.addService(made, service); err != nil {
			return 0, err
		}
	}
	return made, nil
}

func (s *Session) addService(token uint64, service Service) error {
	defer s.giveUp(s.used)
	values, err := s.values(service.Values)
	if err != nil {
		return err
	}
	index, err := s.Number(FnAccessToken2AddService, token, uint64(service.Type), values, uint64(len(service.Values)))
	if err != nil {
		return err
	}
	for privilege, expire := range service.Privileges {
		if err := s.Call(FnAccessToken2AddPrivilege, token, index, uint64(privilege), uint64(expire)); err != nil {
			return err
		}
	}
	return nil
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
	err = withToken(token, FnUnverifiedToken2Parse, FnUnverifiedToken2Free, func(s *Session, handle uint64) error {
		r := reader{s: s}
		parsed = Parsed2{
			AppID:       r.sized(FnUnverifiedToken2AppID, handle),
			Signature:   r.sized(FnUnverifiedToken2Signature, handle),
			SignedPart:  r.sized(FnUnverifiedToken2SigningInfo, handle),
			IssueTs:     uint32(r.number(FnUnverifiedToken2IssueTs, handle)),
			Expire:      uint32(r.number(FnUnverifiedToken2Expire, handle)),
			Salt:        uint32(r.number(FnUnverifiedToken2Salt, handle)),
			UnreadBytes: int(r.number(FnUnverifiedToken2UnreadBytes, handle)),
		}
		for i := range r.number(FnUnverifiedToken2ServiceCount, handle) {
			service := ParsedService{
				uint16(r.number(FnUnverifiedToken2ServiceType, handle, i)),
				r.privileges(FnUnverifiedToken2PrivilegeCount, FnUnverifiedToken2Privilege, handle, i),
			}
			fields, ok := fieldNumbers[service.Type]
			if !ok {
				parsed.Unknown = &service
				break
			}
			for place, to := range places(service.Type) {
				switch to := to.(type) {
				case *string:
					*to = r.sized(FnUnverifiedToken2Text, handle, i, fields[place])
				case *int16:
					*to = int16(r.number(FnUnverifiedToken2APaaSRole, handle, i))
				case interface{ SetPairs([]Pair) }:
					to.SetPairs(r.pairs(handle, i))
				}
			}
			parsed.Services = append(parsed.Services, service)
		}
		return r.err
	})
	return parsed, err
}

// VerifyToken2 checks who signed an AccessToken2.
func VerifyToken2(token, appCertificate string) error {
	return withToken(token, FnUnverifiedToken2Parse, FnUnverifiedToken2Free, func(s *Session, handle uint64) error {
		certificate, err := s.Text(appCertificate, "app_certificate")
		if err != nil {
			return err
		}
		return s.Call(FnUnverifiedToken2VerifySignature, handle, certificate)
	})
}

// reader reads a handle; after the first refusal it gives nothing more.
type reader struct {
	s   *Session
	err error
}

func (r *reader) sized(f Function, arguments ...uint64) (text string) {
	if r.err == nil {
		text, r.err = r.s.Sized(f, arguments...)
	}
	return text
}

func (r *reader) number(f Function, arguments ...uint64) (number uint64) {
	if r.err == nil {
		number, r.err = r.s.Number(f, arguments...)
	}
	return number
}

// two calls a function that has two numbers for out-parameters.
func (r *reader) two(f Function, arguments ...uint64) (first, second uint64) {
	if r.err != nil {
		return 0, 0
	}
	one, two := r.s.out(0), r.s.out(1)
	r.err = r.s.Call(f, append(arguments, one, two)...)
	return r.s.uint64(one), r.s.uint64(two)
}

func (r *reader) privileges(count, get Function, arguments ...uint64) map[uint16]uint32 {
	privileges := make(map[uint16]uint32)
	for i := range r.number(count, arguments...) {
		privilege, expire := r.two(get, append(arguments, i)...)
		privileges[uint16(privilege)] = uint32(expire)
	}
	return privileges
}

func (r *reader) pairs(handle, service uint64) []Pair {
	var pairs []Pair
	for i := range r.number(FnUnverifiedToken2PermissionCount, handle, service) {
		if r.err != nil {
			break
		}
		resource, permission, count := r.s.out(0), r.s.out(1), r.s.out(2)
		r.err = r.s.Call(FnUnverifiedToken2Permission, handle, service, i, resource, permission, count)
		pair := Pair{ResourceType: uint16(r.s.uint64(resource)), PermissionType: uint16(r.s.uint64(permission))}
		resources := r.s.word(count)
		for j := range resources {
			pair.Resources = append(pair.Resources, r.sized(FnUnverifiedToken2Resource, handle, service, i, j))
		}
		pairs = append(pairs, pair)
	}
	return pairs
}
