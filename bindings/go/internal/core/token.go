package core

// Token is an AccessToken (006) in the making.
type Token struct {
	AppID, AppCertificate, ChannelName, Account string
	ExpiresAt, Salt                             uint32
	Privileges                                  map[uint16]uint32
}

// Build signs and encodes it.
func (t *Token) Build() (token string, err error) {
	err = With(func(s *Session) error {
		appID, err := s.Text(t.AppID, "app_id")
		if err != nil {
			return err
		}
		certificate, err := s.Text(t.AppCertificate, "app_certificate")
		if err != nil {
			return err
		}
		channel, account := s.Bytes(t.ChannelName), s.Bytes(t.Account)
		made, err := s.Make(FnAccessTokenNewAt, FnAccessTokenFree, appID, certificate, channel, uint64(len(t.ChannelName)),
			account, uint64(len(t.Account)), uint64(t.ExpiresAt), uint64(t.Salt))
		if err != nil {
			return err
		}
		for privilege, expiredTs := range t.Privileges {
			if err := s.Call(FnAccessTokenAddPrivilege, made, uint64(privilege), uint64(expiredTs)); err != nil {
				return err
			}
		}
		token, err = s.String(FnAccessTokenBuild, made)
		return err
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
	err = withToken(token, FnUnverifiedTokenParse, FnUnverifiedTokenFree, func(s *Session, handle uint64) error {
		r := reader{s: s}
		parsed = Parsed{
			AppID:      r.sized(FnUnverifiedTokenAppID, handle),
			Signature:  r.sized(FnUnverifiedTokenSignature, handle),
			SignedPart: r.sized(FnUnverifiedTokenMessage, handle),
			ChannelCRC: uint32(r.number(FnUnverifiedTokenChannelCRC, handle)),
			UserCRC:    uint32(r.number(FnUnverifiedTokenUserCRC, handle)),
			Salt:       uint32(r.number(FnUnverifiedTokenSalt, handle)),
			ExpiresAt:  uint32(r.number(FnUnverifiedTokenExpiresAt, handle)),
			Privileges: r.privileges(FnUnverifiedTokenPrivilegeCount, FnUnverifiedTokenPrivilege, handle),
		}
		return r.err
	})
	return parsed, err
}

// VerifyToken checks who signed an AccessToken for this channel and user.
func VerifyToken(token, appCertificate, channelName, account string) error {
	return withToken(token, FnUnverifiedTokenParse, FnUnverifiedTokenFree, func(s *Session, handle uint64) error {
		certificate, err := s.Text(appCertificate, "app_certificate")
		if err != nil {
			return err
		}
		channel, user := s.Bytes(channelName), s.Bytes(account)
		return s.Call(FnUnverifiedTokenVerify, handle, certificate, channel, uint64(len(channelName)), user, uint64(len(account)))
	})
}

// withToken reads a token and calls f with its handle.
func withToken(token string, parse, free Function, f func(s *Session, handle uint64) error) error {
	return With(func(s *Session) error {
		text, err := s.Text(token, "token")
		if err != nil {
			return err
		}
		handle, err := s.Make(parse, free, text)
		if err != nil {
			return err
		}
		return f(s, handle)
	})
}
