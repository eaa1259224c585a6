package agoratoken

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// The largest that the format carries, which needs more room than an engine has at first.
func TestTheLargestTokens(t *testing.T) {
	longest := strings.Repeat("u", 65535)
	var many []Service
	for range 65535 {
		many = append(many, &ServiceFPA{})
	}
	var names []string
	for i := range 20000 {
		names = append(names, fmt.Sprintf("resource %d", i))
	}
	for name, services := range map[string][]Service{
		"texts":    {&ServiceRTC{ChannelName: longest, Account: longest}, &ServiceAPaaS{RoomUUID: longest, UserUUID: longest}},
		"services": many,
		"names":    {&ServiceRTM2{UserID: longest, Permissions: Permissions{{Users, Read, names}, {Users, Write, []string{longest, longest}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			token := AccessToken2{AppID: appID, AppCertificate: certificate, Expire: 60, Services: services}
			text, err := token.Build()
			if err != nil {
				t.Fatal(err)
			}
			read, err := ParseAccessToken2(text)
			if err != nil {
				t.Fatal(err)
			}
			if len(read.Services) != len(services) || read.VerifySignature(certificate) != nil {
				t.Errorf("%d services", len(read.Services))
			}
		})
	}
	over := AccessToken2{AppID: appID, AppCertificate: certificate, Services: append(many, &ServiceFPA{})}
	if _, err := over.Build(); !errors.Is(err, CodeTooManyEntries) {
		t.Error(err)
	}
	tooLong := AccessToken2{AppID: appID, AppCertificate: certificate, Services: []Service{&ServiceRTM{UserID: longest + "u"}}}
	var refusal *Error
	if _, err := tooLong.Build(); !errors.As(err, &refusal) || refusal.Code != CodeInvalidUserID || refusal.Field != "userID" {
		t.Error(err)
	}
	for _, size := range []int{30 << 20, 80 << 20} {
		_, err := ParseAccessToken2(strings.Repeat("x", size))
		if !errors.Is(err, CodeTokenVersion) && !errors.Is(err, CodePayloadTooLarge) {
			t.Error(err)
		}
	}
}

// Every caller gets the token that it asked for.
func TestCallersAreNotMixedUp(t *testing.T) {
	const callers, each = 32, 940
	var wait sync.WaitGroup
	for caller := range callers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range each {
				channel, uid := fmt.Sprintf("room of %d", caller), uint32(caller*each+i+1)
				token, err := BuildToken2WithUID(appID, certificate, channel, uid, Publisher, 600, 600)
				if err != nil {
					t.Error(err)
					return
				}
				read, err := ParseAccessToken2(token)
				if err != nil {
					t.Error(err)
					return
				}
				rtc := read.Services[0].(*ServiceRTC)
				if rtc.ChannelName != channel || rtc.Account != UIDAccount(uid) || read.VerifySignature(certificate) != nil {
					t.Errorf("%s and %s in a token for %s and %d", rtc.ChannelName, rtc.Account, channel, uid)
				}
			}
		}()
	}
	wait.Wait()
}

// unset takes a variable out of the environment for a test.
func unset(t *testing.T, variable string) {
	t.Helper()
	t.Setenv(variable, "") // puts it back at the end
	if err := os.Unsetenv(variable); err != nil {
		t.Fatal(err)
	}
}
