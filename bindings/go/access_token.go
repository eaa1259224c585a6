package agoratoken

import (
	"fmt"
	"strconv"

	"agora-token.example/agoratoken/internal/core"
)

// AccessToken is an AccessToken (006) in the making.
//
// The format signs App ID, channel name and account run together: the token for channel "room1" and user "23" is also
// signed for channel "room12" and user "3". AccessToken2 does not have that flaw.
type AccessToken struct {
	// The project; 32 hexadecimal digits.
	AppID string
	// Signs the token; 32 hexadecimal digits; secret.
	AppCertificate string `json:"-"`
	// Any bytes, at most 65535; in a token for messaging the user ID stands here.
	ChannelName string
	// An account, or the digits of a uid; empty lets any user in.
	Account string
	// When the token ends, Unix seconds; any number.
	ExpiresAt uint32
	// Any number; two tokens that are otherwise equal differ by it.
	Salt uint32
	// What it grants, and until when.
	Privileges Privileges
}

// NewAccessToken starts a token that ends 24 hours from now, with a random salt.
func NewAccessToken(appID, appCertificate, channelName, account string) (*AccessToken, error) {
	issueTs, salt, err := core.Stamp()
	if err != nil {
		return nil, err
	}
	const day = 24 * 60 * 60
	return &AccessToken{appID, appCertificate, channelName, account, issueTs + min(day, ^issueTs), salt, Privileges{}}, nil
}

// Build signs and encodes the token. It may be changed and built again.
func (t *AccessToken) Build() (string, error) {
	token := core.Token{
		AppID: t.AppID, AppCertificate: t.AppCertificate, ChannelName: t.ChannelName, Account: t.Account,
		ExpiresAt: t.ExpiresAt, Salt: t.Salt, Privileges: t.Privileges.plain(),
	}
	return token.Build()
}

// Format shows the token without its certificate, however it is printed.
func (t *AccessToken) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "AccessToken{AppID: %s, ExpiresAt: %d, %d privileges}", t.AppID, t.ExpiresAt, len(t.Privileges))
}

// UnverifiedToken is what an AccessToken (006) says, which anybody could have written: believe it after Verify, or use a
// Verifier. Channel and user are not in it, only their CRC-32.
type UnverifiedToken struct {
	AppID               string
	ChannelCRC, UserCRC uint32
	Salt                uint32
	// Unix seconds.
	ExpiresAt uint32
	// 32 bytes.
	Signature []byte
	// What is signed, after App ID, channel name and account.
	Message    []byte
	Privileges Privileges

	token string
}

// ParseAccessToken reads an AccessToken without checking who signed it.
func ParseAccessToken(token string) (*UnverifiedToken, error) {
	parsed, err := core.ParseToken(token)
	if err != nil {
		return nil, err
	}
	return &UnverifiedToken{
		AppID: parsed.AppID, ChannelCRC: parsed.ChannelCRC, UserCRC: parsed.UserCRC, Salt: parsed.Salt,
		ExpiresAt: parsed.ExpiresAt, Signature: []byte(parsed.Signature), Message: []byte(parsed.SignedPart),
		Privileges: privilegesOf(parsed.Privileges), token: token,
	}, nil
}

// Verify refuses what this certificate did not sign for this channel and account. It does not look at the time.
func (t *UnverifiedToken) Verify(appCertificate, channelName, account string) error {
	return core.VerifyToken(t.token, appCertificate, channelName, account)
}

// UIDAccount is the account that stands for a uid: its digits, and the empty text of any user for 0.
func UIDAccount(uid uint32) string {
	if uid == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(uid), 10)
}
