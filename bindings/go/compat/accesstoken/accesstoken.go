// Package accesstoken has the names of the official package of AccessToken (006), over the core of agoratoken. Unlike
// the official one it refuses an App ID or a certificate that is none, and a text that is no token.
package accesstoken

import (
	"fmt"

	"agora-token.example/agoratoken"
	"agora-token.example/agoratoken/internal/core"
)

// The sizes at the head of a token.
const (
	VERSION_LENGTH = 3
	APP_ID_LENGTH  = 32
)

// Privileges is a privilege of an AccessToken.
type Privileges uint16

// The privileges.
const (
	KJoinChannel        = 1
	KPublishAudioStream = 2
	KPublishVideoStream = 3
	KPublishDataStream  = 4

	KLoginRtm = 1000
)

// AccessToken is a token in the making, or one that was read.
type AccessToken struct {
	AppID          string
	AppCertificate string `json:"-"`
	ChannelName    string
	UidStr         string
	// When the token ends, Unix seconds.
	Ts      uint32
	Salt    uint32
	Message map[uint16]uint32
	// Of a token that was read: 32 bytes, two CRC-32, and what is signed after App ID, channel and user.
	Signature      string
	CrcChannelName uint32
	CrcUid         uint32
	MsgRawContent  string
}

// CreateAccessToken starts a token for a uid, which ends 24 hours from now; 0 is any user.
func CreateAccessToken(appID, appCertificate, channelName string, uid uint32) AccessToken {
	return CreateAccessToken2(appID, appCertificate, channelName, agoratoken.UIDAccount(uid))
}

// CreateAccessToken2 starts a token for an account, which ends 24 hours from now.
func CreateAccessToken2(appID, appCertificate, channelName string, uid string) AccessToken {
	issueTs, salt, _ := core.Stamp()
	return AccessToken{
		AppID: appID, AppCertificate: appCertificate, ChannelName: channelName, UidStr: uid,
		Ts: issueTs + 24*3600, Salt: salt, Message: make(map[uint16]uint32),
	}
}

// FromString reads a token into this one, without checking who signed it. False stands for a text that is no token.
func (token *AccessToken) FromString(originToken string) bool {
	parsed, err := core.ParseToken(originToken)
	if err != nil {
		return false
	}
	token.Signature, token.MsgRawContent = parsed.Signature, parsed.SignedPart
	token.CrcChannelName, token.CrcUid = parsed.ChannelCRC, parsed.UserCRC
	token.Salt, token.Ts, token.Message = parsed.Salt, parsed.ExpiresAt, parsed.Privileges
	return true
}

// AddPrivilege grants a privilege until a Unix time.
func (token *AccessToken) AddPrivilege(privilege Privileges, expireTimestamp uint32) {
	token.Message[uint16(privilege)] = expireTimestamp
}

// Build signs and encodes the token.
func (token *AccessToken) Build() (string, error) {
	made := core.Token{
		AppID: token.AppID, AppCertificate: token.AppCertificate, ChannelName: token.ChannelName, Account: token.UidStr,
		ExpiresAt: token.Ts, Salt: token.Salt, Privileges: token.Message,
	}
	return made.Build()
}

// Format shows the token without its certificate, however it is printed.
func (token AccessToken) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "AccessToken{AppID: %s, Ts: %d, %d privileges}", token.AppID, token.Ts, len(token.Message))
}
