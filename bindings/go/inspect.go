package agoratoken

import (
	"encoding/json"
	"fmt"

	"agora-token.example/agoratoken/internal/core"
)

// Inspection is what a token of either generation says, which anybody could have written. As JSON it is the document
// that every language gives. Text that is no UTF-8 is empty here; the document has its bytes in hexadecimal.
type Inspection struct {
	// "006" or "007".
	Version string `json:"version"`
	AppID   string `json:"appId"`
	// Unix seconds; 0 in an AccessToken (006), which does not say.
	IssuedAt int64 `json:"issuedAt"`
	// Seconds from IssuedAt; 0 in an AccessToken (006).
	ExpiresIn int64 `json:"expiresIn"`
	// Unix seconds.
	ExpiresAt int64  `json:"expiresAt"`
	Salt      uint32 `json:"salt"`
	// Hexadecimal digits.
	Signature string `json:"signature"`
	// Of an AccessToken2.
	Services []InspectedService `json:"services"`
	// Whether all services could be read, and how many bytes could not.
	Complete    bool `json:"complete"`
	UnreadBytes int  `json:"unreadBytes"`
	// Of an AccessToken (006), which carries no channel and no user.
	ChannelCRC uint32           `json:"channelCrc"`
	UserCRC    uint32           `json:"userCrc"`
	Privileges map[string]int64 `json:"privileges"`

	document json.RawMessage
}

// InspectedService is a service of an AccessToken2.
type InspectedService struct {
	Type ServiceType `json:"type"`
	// As "rtc"; "unknown" for one that is not known.
	Name string `json:"name"`
	// Seconds from the issue timestamp, by name; 0 for as long as the token.
	Privileges map[string]int64 `json:"privileges"`
	Channel    string           `json:"channel"`
	Account    string           `json:"account"`
	UserID     string           `json:"userId"`
	RoomUUID   string           `json:"roomUuid"`
	UserUUID   string           `json:"userUuid"`
	Role       int16            `json:"role"`
	// Resources by their type and the permission, as "messageChannels" and "read"; a number for one without a name.
	Permissions map[string]map[string][]json.RawMessage `json:"permissions"`
}

// Inspect reads a token of either generation without checking who signed it.
func Inspect(token string) (*Inspection, error) {
	var document string
	err := core.With(func(s *core.Session) { document = s.String(core.FnInspect, s.Text(token, "token")) })
	if err != nil {
		return nil, err
	}
	inspection := &Inspection{}
	return inspection, json.Unmarshal([]byte(document), inspection)
}

// Channel is the channel of the first service that has one.
func (i *Inspection) Channel() string {
	for _, service := range i.Services {
		if service.Channel != "" {
			return service.Channel
		}
	}
	return ""
}

// User is the account or user ID of the first service that has one.
func (i *Inspection) User() string {
	for _, service := range i.Services {
		for _, user := range []string{service.Account, service.UserID, service.UserUUID} {
			if user != "" {
				return user
			}
		}
	}
	return ""
}

// MarshalJSON gives the document that every language gives. The token's signature is in it.
func (i *Inspection) MarshalJSON() ([]byte, error) { return i.document, nil }

// UnmarshalJSON reads such a document.
func (i *Inspection) UnmarshalJSON(document []byte) error {
	type plain Inspection
	if err := json.Unmarshal(document, (*plain)(i)); err != nil {
		return err
	}
	i.document = append(json.RawMessage(nil), document...)
	return nil
}

// Format shows what the token is for, without its signature.
func (i *Inspection) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "Inspection{Version: %s, AppID: %s, %d services}", i.Version, i.AppID, len(i.Services))
}
