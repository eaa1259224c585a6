package agoratoken

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"agora-token.example/agoratoken/internal/vectors"
)

// With AGORA_TOKEN_BRIDGE in its environment the test program is the library of tests/interop: a JSON array
// [method, argument, ...] a line in, a reply a line out, as tests/interop/bridge.py.
func TestMain(m *testing.M) {
	header, ok := os.LookupEnv("AGORA_TOKEN_BRIDGE")
	if !ok {
		os.Exit(m.Run())
	}
	b := bridge{buildersOf(header)}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var request []json.RawMessage
		b.decode(lines.Bytes(), &request)
		var method string
		b.decode(request[0], &method)
		reply := map[string]any{"status": "OK"}
		value, err := b.call(method, request[1:])
		var refusal *Error
		switch {
		case errors.As(err, &refusal):
			reply["status"] = refusal.Code.String()
		case err != nil:
			panic(err)
		default:
			reply["value"] = value
		}
		text, err := json.Marshal(reply)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

// buildersOf reads the names and parameters of the builders from the C header.
func buildersOf(header string) map[string][][2]string {
	text, err := os.ReadFile(header)
	if err != nil {
		panic(err)
	}
	plain := regexp.MustCompile(`//[^\n]*`).ReplaceAllString(string(text), "")
	builders := map[string][][2]string{}
	for _, declared := range regexp.MustCompile(`(?m)^\w[\w *]*\b(agora_build_\w+)\(([^()]*)\);`).FindAllStringSubmatch(plain, -1) {
		var parameters [][2]string
		for _, one := range strings.Split(declared[2], ",") {
			of := regexp.MustCompile(`(?s)^(.*?)(\w+)$`).FindStringSubmatch(strings.TrimSpace(one))
			if !strings.HasPrefix(of[2], "out_") {
				kind := regexp.MustCompile(`\bconst\b|\s`).ReplaceAllString(of[1], "")
				parameters = append(parameters, [2]string{of[2], kind})
			}
		}
		builders[declared[1]] = parameters
	}
	return builders
}

type bridge struct{ builders map[string][][2]string }

func (bridge) decode(document []byte, into ...any) {
	if err := json.Unmarshal(document, into[0]); err != nil {
		panic(fmt.Sprintf("%v: %s", err, document))
	}
}

// each decodes one argument after the other.
func (b bridge) each(arguments []json.RawMessage, into ...any) {
	for i, place := range into {
		b.decode(arguments[i], place)
	}
}

func (b bridge) call(method string, arguments []json.RawMessage) (any, error) {
	switch method {
	case "builders":
		return b.builders, nil
	case "build":
		return b.build(arguments)
	case "access_token2":
		return b.accessToken2(arguments)
	case "access_token":
		return b.accessToken(arguments)
	case "parse":
		var token string
		b.each(arguments, &token)
		return Inspect(token)
	case "verify_signature2":
		var token, signer string
		b.each(arguments, &token, &signer)
		read, err := ParseAccessToken2(token)
		if err != nil {
			return nil, err
		}
		return nil, read.VerifySignature(signer)
	case "verify_signature":
		var token, signer, channel, account string
		b.each(arguments, &token, &signer, &channel, &account)
		read, err := ParseAccessToken(token)
		if err != nil {
			return nil, err
		}
		return nil, read.Verify(signer, channel, account)
	case "check":
		return nil, b.check(arguments)
	}
	return nil, errors.New("no method is called " + method)
}

func (b bridge) check(given []json.RawMessage) error {
	var token, signer, appID string
	var now int64
	var channel *string
	b.each(given, &token, &signer, &now, &appID, &channel)
	clock := WithClock(func() time.Time { return time.Unix(now, 0) })
	verifier, err := NewVerifier(Credentials{AppID: appID, AppCertificate: signer}, clock)
	if err != nil {
		return err
	}
	var expected []Expectation
	if channel != nil {
		expected = append(expected, ExpectChannel(*channel))
	}
	return verifier.Verify(token, expected...)
}

func (b bridge) build(given []json.RawMessage) (any, error) {
	var name string
	var values []json.RawMessage
	b.each(given, &name, &values)
	args := arguments{}
	for i, parameter := range b.builders[name] {
		switch parameter[1] {
		case "char*":
			var text string
			b.decode(values[i], &text)
			args[parameter[0]] = text
		case "agora_rtm2_permissions*":
			args[parameter[0]] = b.written(values[i])
		default:
			var number int64
			b.decode(values[i], &number)
			args[parameter[0]] = number
		}
	}
	return call(name, args)
}

// written are permissions as vectors write them.
func (b bridge) written(document json.RawMessage) map[string]any {
	var pairs [][]json.RawMessage
	b.decode(document, &pairs)
	written := map[string]any{}
	for _, pair := range pairs {
		var resource, permission int
		var names []string
		b.each(pair, &resource, &permission, &names)
		texts := []any{}
		for _, name := range names {
			texts = append(texts, unhex(name))
		}
		of := strconv.Itoa(resource)
		if written[of] == nil {
			written[of] = map[string]any{}
		}
		written[of].(map[string]any)[strconv.Itoa(permission)] = texts
	}
	return written
}

func unhex(text string) string {
	bytes, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

type numbers [][2]uint32

func (n numbers) privileges() Privileges {
	privileges := Privileges{}
	for _, pair := range n {
		privileges[Privilege(pair[0])] = pair[1]
	}
	return privileges
}

func (b bridge) accessToken2(given []json.RawMessage) (any, error) {
	token := AccessToken2{}
	var services []struct {
		Type        string
		Texts       []string
		Privileges  numbers
		Role        int16
		Permissions json.RawMessage
	}
	b.each(given, &token.AppID, &token.AppCertificate, &token.IssueTs, &token.Expire, &token.Salt, &services)
	for _, written := range services {
		var service Service
		for of, name := range serviceNames {
			if name == written.Type || of == ServiceTypeConvoAI && written.Type == "convo_ai" {
				service = newService(of)
			}
		}
		texts := written.Texts
		for _, place := range service.places() {
			switch place := place.(type) {
			case *string:
				*place, texts = unhex(texts[0]), texts[1:]
			case *int16:
				*place = written.Role
			case pairsInto:
				*place.permissions = permissionsOf(vectors.Case(b.written(written.Permissions)))
			}
		}
		*service.granted() = written.Privileges.privileges()
		token.Services = append(token.Services, service)
	}
	text, err := token.Build()
	if err != nil {
		return nil, err
	}
	read, err := ParseAccessToken2(text)
	if err != nil {
		return nil, err
	}
	return []string{text, hex.EncodeToString(read.Signature)}, nil
}

func (b bridge) accessToken(given []json.RawMessage) (any, error) {
	token := AccessToken{}
	var privileges numbers
	b.each(given, &token.AppID, &token.AppCertificate, &token.ChannelName, &token.Account, &token.Salt, &token.ExpiresAt, &privileges)
	token.Privileges = privileges.privileges()
	return token.Build()
}
