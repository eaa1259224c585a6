package agoratoken

import "agora-token.example/agoratoken/internal/core"

// ServiceType is the number of a service of AccessToken2 on the wire.
type ServiceType uint16

// String is the name in a decoded token's JSON, such as "rtc"; "unknown" for a number that is none.
func (t ServiceType) String() string {
	if name, ok := serviceNames[t]; ok {
		return name
	}
	return "unknown"
}

// Privilege is the number of a privilege; the same number means something else in another service.
type Privilege uint16

// Privileges are granted privileges. In an AccessToken2 the number is for how many seconds from the issue timestamp, in
// an AccessToken (006) when it ends, in Unix seconds; 0 is for as long as the token.
type Privileges map[Privilege]uint32

func (p Privileges) plain() map[uint16]uint32 {
	plain := make(map[uint16]uint32, len(p))
	for privilege, expire := range p {
		plain[uint16(privilege)] = expire
	}
	return plain
}

func privilegesOf(plain map[uint16]uint32) Privileges {
	privileges := make(Privileges, len(plain))
	for privilege, expire := range plain {
		privileges[Privilege(privilege)] = expire
	}
	return privileges
}

// Service is a service of an AccessToken2, as *ServiceRTC.
type Service interface {
	// Type says which service it is.
	Type() ServiceType

	granted() *Privileges
	values() []core.Value
	places() []any
}

// Role says whether a user publishes in a channel.
type Role uint32

// ResourceType is what a permission of RTM2 is for.
type ResourceType uint16

// PermissionType is what a permission of RTM2 allows.
type PermissionType uint16

// Permission allows an RTM2 user one thing with resources of one type.
type Permission struct {
	ResourceType ResourceType
	Type         PermissionType
	// Names or patterns, of at most 65535 bytes each.
	Resources []string
}

// Permissions are what an RTM2 user may read and write. A later permission of the same two types takes the place of an
// earlier one.
type Permissions []Permission

func (p Permissions) make(s *core.Session) uint64 {
	pairs := make([]core.Pair, len(p))
	for i, permission := range p {
		pairs[i] = core.Pair{
			ResourceType:   uint16(permission.ResourceType),
			PermissionType: uint16(permission.Type),
			Resources:      permission.Resources,
		}
	}
	return s.Permissions(pairs)
}

// pairsInto lets the core fill in permissions.
type pairsInto struct{ permissions *Permissions }

func (p pairsInto) SetPairs(pairs []core.Pair) {
	for _, pair := range pairs {
		permission := Permission{ResourceType(pair.ResourceType), PermissionType(pair.PermissionType), pair.Resources}
		*p.permissions = append(*p.permissions, permission)
	}
}
