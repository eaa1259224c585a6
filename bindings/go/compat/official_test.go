package compat_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"agora-token.example/agoratoken"
	"agora-token.example/agoratoken/compat/accesstoken"
	"agora-token.example/agoratoken/compat/accesstoken2"
	"agora-token.example/agoratoken/compat/rtctokenbuilder"
	"agora-token.example/agoratoken/compat/rtctokenbuilder2"
	"agora-token.example/agoratoken/compat/rtmtokenbuilder"
)

const (
	appID            = "970CA35de60c44645bbae8a215061b33"
	certificate      = "5CFd2fd1755d40ecb72977518be15d3b"
	otherCertificate = "0123456789abcdef0123456789abcdef"
)

func same(t *testing.T, what string, want, found any) {
	t.Helper()
	if !reflect.DeepEqual(want, found) {
		t.Errorf("%s: %v expected, found %v", what, want, found)
	}
}

// What the checking builders refuse, the official ones take: any text, any number, a role that is none.
func TestTheOfficialLenience(t *testing.T) {
	for role, privileges := range map[rtctokenbuilder2.Role]int{rtctokenbuilder2.RolePublisher: 4, rtctokenbuilder2.RoleSubscriber: 1, 0: 1, 101: 1} {
		token, err := rtctokenbuilder2.BuildTokenWithUserAccount(appID, certificate, "*", strings.Repeat("u", 300), role, 1_700_000_000, 0)
		if err != nil {
			t.Fatal(err)
		}
		read := accesstoken2.CreateAccessToken()
		if ok, err := read.Parse(token); !ok || err != nil {
			t.Fatal(err)
		}
		rtc := read.GetServices(accesstoken2.ServiceTypeRtc)[0].(*accesstoken2.ServiceRtc)
		same(t, "privileges", privileges, len(rtc.Privileges))
		same(t, "channel", "*", rtc.ChannelName)
		same(t, "lifetime", uint32(1_700_000_000), read.Expire)
	}
	for role, privileges := range map[rtctokenbuilder.Role]int{rtctokenbuilder.RoleAttendee: 4, rtctokenbuilder.RoleAdmin: 4, rtctokenbuilder.RoleSubscriber: 1, 7: 1} {
		token, err := rtctokenbuilder.BuildTokenWithUID(appID, certificate, "", 0, role, 600)
		if err != nil {
			t.Fatal(err)
		}
		var read accesstoken.AccessToken
		same(t, "read", true, read.FromString(token))
		same(t, "privileges", privileges, len(read.Message))
	}
	token, err := rtmtokenbuilder.BuildToken(appID, certificate, "alice", rtmtokenbuilder.RoleRtmUser, 600)
	if err != nil {
		t.Fatal(err)
	}
	var read accesstoken.AccessToken
	same(t, "read", true, read.FromString(token))
	same(t, "login", map[uint16]uint32{accesstoken.KLoginRtm: 600}, read.Message)
}

func TestAccessToken2(t *testing.T) {
	permissions := accesstoken2.NewRtm2Permissions()
	permissions.Add(accesstoken2.Rtm2ResourceUsers, accesstoken2.Rtm2PermissionWrite, []string{"alice", "bob"})
	token := accesstoken2.NewAccessToken(appID, certificate, 600)
	token.IssueTs, token.Salt = 1111111, 1
	for _, service := range []accesstoken2.IService{
		accesstoken2.NewServiceRtm2("alice", permissions), accesstoken2.NewServiceRtm2("bob", nil),
		accesstoken2.NewServiceFCdnWithUid("room", 0), accesstoken2.NewServiceStreamingWithUid("room", 42),
		accesstoken2.NewServiceApaas("room", "user", -1), accesstoken2.NewServiceFpa(),
	} {
		token.AddService(service)
	}
	text, err := token.Build()
	if err != nil {
		t.Fatal(err)
	}
	read := accesstoken2.CreateAccessToken()
	if ok, err := read.Parse(text); !ok || err != nil {
		t.Fatal(err)
	}
	same(t, "times", []uint32{1111111, 600, 1}, []uint32{read.IssueTs, read.Expire, read.Salt})
	rtm2 := read.GetServices(accesstoken2.ServiceTypeRtm2)
	same(t, "permissions", permissions.Details, rtm2[0].(*accesstoken2.ServiceRtm2).Permissions.Details)
	same(t, "no permissions", 0, len(rtm2[1].(*accesstoken2.ServiceRtm2).Permissions.Details))
	same(t, "uid", "42", read.GetServices(accesstoken2.ServiceTypeStreaming)[0].(*accesstoken2.ServiceStreaming).Account)
	same(t, "role", int16(-1), read.GetServices(accesstoken2.ServiceTypeApaas)[0].(*accesstoken2.ServiceApaas).Role)
	for signer, want := range map[string]bool{certificate: true, otherCertificate: false} {
		if ok, err := read.VerifySignature(signer); ok != want || err != nil {
			t.Errorf("%t, %v", ok, err)
		}
	}
}

// Programs may compare the official words; errors.As finds ours.
func TestErrorsInOfficialWords(t *testing.T) {
	build := func(appID, certificate string, services ...accesstoken2.IService) func() error {
		return func() error {
			token := accesstoken2.NewAccessToken(appID, certificate, 600)
			token.Services = services
			_, err := token.Build()
			return err
		}
	}
	parse := func(text string) func() error {
		return func() error {
			_, err := accesstoken2.CreateAccessToken().Parse(text)
			return err
		}
	}
	for name, c := range map[string]struct {
		call  func() error
		words string
		code  agoratoken.ErrorCode
	}{
		"App ID":      {build("", certificate, accesstoken2.NewServiceFpa()), "check appId or appCertificate", agoratoken.CodeInvalidAppID},
		"certificate": {build(appID, "abc", accesstoken2.NewServiceFpa()), "check appId or appCertificate", agoratoken.CodeInvalidAppCertificate},
		"no services": {build(appID, certificate), "no service added", agoratoken.CodeNoServices},
		"version":     {parse("006x"), "invalid token version", agoratoken.CodeTokenVersion},
		"damage":      {parse("007!"), "", agoratoken.CodeTokenBase64},
		"length":      {parse("00"), "invalid token length", 0},
		"unread": {func() error { _, err := accesstoken2.CreateAccessToken().VerifySignature(certificate); return err },
			"parse token before verifying signature", 0},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.call()
			if err == nil || c.words != "" && err.Error() != c.words {
				t.Errorf("%v, %s expected", err, c.words)
			}
			if c.code != 0 && !errors.Is(err, c.code) {
				t.Errorf("%v is not %v", err, c.code)
			}
		})
	}
}

// A token that cannot be read leaves nothing of the one before.
func TestParsingAgain(t *testing.T) {
	text, err := rtctokenbuilder2.BuildTokenWithUid(appID, certificate, "room", 42, rtctokenbuilder2.RolePublisher, 60, 60)
	if err != nil {
		t.Fatal(err)
	}
	token := accesstoken2.CreateAccessToken()
	if ok, err := token.Parse(text); !ok || err != nil {
		t.Fatal(err)
	}
	if ok, err := token.Parse("007AAAA"); ok || err == nil {
		t.Error("it is read")
	}
	same(t, "App ID", "", token.AppId)
	same(t, "services", 0, len(token.Services))
	if ok, err := token.VerifySignature(certificate); ok || err == nil {
		t.Error("it is verified")
	}
	old := accesstoken.CreateAccessToken2(appID, certificate, "room", "me")
	old.AddPrivilege(accesstoken.KJoinChannel, 600)
	text, err = old.Build()
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range []string{"", "x", "007" + text[3:], text[:40], text + "!"} {
		same(t, damaged, false, old.FromString(damaged))
	}
}
