package agoratoken

import (
	"strconv"

	"agora-token.example/agoratoken/internal/core"
)

// User is who a token is for: UID, Account or AnyUser makes one, ParseUser reads one that comes from outside.
type User struct {
	kind    userKind
	uid     uint32
	account string
}

type userKind uint8

const (
	noUser userKind = iota
	byUID
	byAccount
	anyUser
)

// noUserReason refuses a User that nobody made.
const noUserReason = "is missing: a uid, an account, or any user by name expected"

// UID is the user who joins with this uid, 1 to 4294967295.
func UID(uid uint32) User { return User{kind: byUID, uid: uid} }

// Account is the user who joins with this user account, or logs in to messaging or Chat with this user ID: 1 to 255
// bytes without control characters.
func Account(account string) User { return User{kind: byAccount, account: account} }

// AnyUser lets in whoever holds the token. Messaging, Chat and classrooms cannot be granted so.
var AnyUser = User{kind: anyUser}

// ParseUser reads a user from outside, as of a query: decimal digits are a uid, anything else is an account. What only
// looks like a uid, as "042" or " 42", is refused: it would name another user than meant.
func ParseUser(text string) (user User, err error) {
	var uid uint64
	err = core.With(func(s *core.Session) { uid = s.Number(core.FnReadUser, s.Bytes(text), uint64(len(text))) })
	if err != nil {
		return User{}, err
	}
	if uid != 0 {
		return UID(uint32(uid)), nil
	}
	return Account(text), nil
}

// UnmarshalJSON reads a number as a uid, and a string as ParseUser does.
func (u *User) UnmarshalJSON(document []byte) error {
	var uid uint64
	var account string
	err := core.With(func(s *core.Session) { uid, account = s.ReadUserJSON(string(document)) })
	switch {
	case err != nil:
		return err
	case uid != 0:
		*u = UID(uint32(uid))
	default:
		*u = Account(account)
	}
	return nil
}

// String is the uid's digits or the account, as it stands in a token; "any user" for that.
func (u User) String() string {
	switch u.kind {
	case byUID:
		return strconv.FormatUint(uint64(u.uid), 10)
	case byAccount:
		return u.account
	case anyUser:
		return "any user"
	}
	return "no user"
}
