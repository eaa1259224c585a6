package core

// Token is an AccessToken (006) in the making.
type Token struct {
	AppID, AppCertificate, ChannelName, Account string
	ExpiresAt, Salt                             uint32
	Privileges                                  map[uint16]uint32
}

// Build signs and encodes it.
func (t *Token) Build() (token string, err error) {
	err = With(func(s *Session) {
		appID, certificate := s.Text(t.AppID, "app_id"), s.Text(t.AppCertificate, "app_certificate")
		channel, account := s.Bytes(t.ChannelName), s.Bytes(t.Account)
		made := s.Make(FnAccessTokenNewAt, FnAccessTokenFree, appID, certificate, channel, uint64(len(t.ChannelName)),
			account, uint64(len(t.Account)), uint64(t.ExpiresAt), uint64(t.Salt))
		for privilege, expiredTs := range t.Privileges {
			s.Call(FnAccessTokenAddPrivilege, made, uint64(privilege), uint64(expiredTs))
		}
		token = s.String(FnAccessTokenBuild, made)
	})
	return token, err
}

// Parsed is what an AccessToken (006) says.
type Parsed struct {
	AppID, Signature, SignedPart string
	ChannelCRC, UserCRC          uint32
	Salt, ExpiresAt              uint32
	Privileges                   map[uint16]uint32
}

// ParseToken reads an AccessToken.
func ParseToken(token string) (parsed Parsed, err error) {
	err = With(func(s *Session) {
		handle := s.Make(FnUnverifiedTokenParse, FnUnverifiedTokenFree, s.Text(token, "token"))
		parsed = Parsed{
			AppID:      s.Sized(FnUnverifiedTokenAppID, handle),
			Signature:  s.Sized(FnUnverifiedTokenSignature, handle),
			SignedPart: s.Sized(FnUnverifiedTokenMessage, handle),
			ChannelCRC: uint32(s.Number(FnUnverifiedTokenChannelCRC, handle)),
			UserCRC:    uint32(s.Number(FnUnverifiedTokenUserCRC, handle)),
			Salt:       uint32(s.Number(FnUnverifiedTokenSalt, handle)),
			ExpiresAt:  uint32(s.Number(FnUnverifiedTokenExpiresAt, handle)),
			Privileges: s.privileges(FnUnverifiedTokenPrivilegeCount, FnUnverifiedTokenPrivilege, handle),
		}
	})
	return parsed, err
}

// VerifyToken checks who signed an AccessToken for this channel and user.
func VerifyToken(token, appCertificate, channelName, account string) error {
	return With(func(s *Session) {
		handle := s.Make(FnUnverifiedTokenParse, FnUnverifiedTokenFree, s.Text(token, "token"))
		s.Call(FnUnverifiedTokenVerify, handle, s.Text(appCertificate, "app_certificate"),
			s.Bytes(channelName), uint64(len(channelName)), s.Bytes(account), uint64(len(account)))
	})
}
