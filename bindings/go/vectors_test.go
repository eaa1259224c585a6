package agoratoken

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"agora-token.example/agoratoken/internal/vectors"
)

// codeNamed is the code of a vector; 0 for "ok".
func codeNamed(t *testing.T, name string) ErrorCode {
	if name == "ok" {
		return 0
	}
	for code, texts := range codeTexts {
		if texts.name == name {
			return code
		}
	}
	t.Fatalf("no code is called %s", name)
	return 0
}

// refuses checks that err has the code that a vector expects, and says whether there is one.
func refuses(t *testing.T, expect vectors.Case, name string, err error) bool {
	t.Helper()
	want := codeNamed(t, expect.Text(name))
	var refusal *Error
	var found ErrorCode
	if errors.As(err, &refusal) {
		found = refusal.Code
	} else if err != nil {
		t.Fatalf("%v is no *Error", err)
	}
	if found != want {
		t.Fatalf("%s: %v expected, found %v", name, expect[name], err)
	}
	return err != nil
}

func same(t *testing.T, what string, want, found any) {
	t.Helper()
	if !reflect.DeepEqual(want, found) {
		t.Errorf("%s: %.300v expected, found %.300v", what, want, found)
	}
}

// arguments are the arguments of a builder in a vector.
type arguments vectors.Case

func (a arguments) text(name string) string { return vectors.Case(a).Text(name) }

func (a arguments) number(name string) int64 {
	number := vectors.Case(a).Number(name)
	if number < math.MinInt16 || number > math.MaxUint32 {
		panic(name + " is out of the range of its type")
	}
	return number
}

func (a arguments) permissions(name string) Permissions {
	return permissionsOf(vectors.Case(a).Part(name))
}

func permissionsOf(written vectors.Case) Permissions {
	var permissions Permissions
	for resource := range written {
		for permission, names := range written.Part(resource) {
			each := Permission{ResourceType: ResourceType(digits(resource)), Type: PermissionType(digits(permission))}
			for _, name := range names.([]any) {
				each.Resources = append(each.Resources, name.(string))
			}
			permissions = append(permissions, each)
		}
	}
	return permissions
}

func digits(text string) uint64 {
	number, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		panic(err)
	}
	return number
}

func privilegesIn(written vectors.Case) Privileges {
	privileges := Privileges{}
	for number := range written {
		privileges[Privilege(digits(number))] = uint32(written.Number(number))
	}
	return privileges
}

// serviceIn is the service of a vector.
func serviceIn(written vectors.Case) Service {
	service := newService(ServiceType(written.Number("type")))
	*service.granted() = privilegesIn(written.Part("privileges"))
	for i, name := range fieldsOf[service.Type()] {
		switch place := service.places()[i].(type) {
		case *string:
			*place = written.Text(name)
		case *int16:
			*place = int16(written.Number(name))
		case pairsInto:
			*place.permissions = permissionsOf(written.Part(name))
		}
	}
	return service
}

func build007(c vectors.Case) (string, error) {
	token := AccessToken2{
		AppID: c.Text("app_id"), AppCertificate: c.Text("app_certificate"), IssueTs: uint32(c.Number("issue_ts")),
		Expire: uint32(c.Number("expire")), Salt: uint32(c.Number("salt")),
	}
	for _, service := range c.List("services") {
		token.Services = append(token.Services, serviceIn(service))
	}
	return token.Build()
}

func build006(c vectors.Case) (string, error) {
	token := AccessToken{
		AppID: c.Text("app_id"), AppCertificate: c.Text("app_certificate"), ChannelName: c.Text("channel_name"),
		Account: c.Text("account"), ExpiresAt: uint32(c.Number("ts")), Salt: uint32(c.Number("salt")),
		Privileges: privilegesIn(c.Part("privileges")),
	}
	return token.Build()
}

func shownPrivileges(privileges Privileges) map[string]any {
	shown := map[string]any{}
	for number, expire := range privileges {
		shown[strconv.Itoa(int(number))] = int64(expire)
	}
	return shown
}

// shownService is a service as vectors write it.
func shownService(service Service) map[string]any {
	shown := map[string]any{
		"type": int64(service.Type()), "name": service.Type().String(), "privileges": shownPrivileges(*service.granted()),
	}
	for i, name := range fieldsOf[service.Type()] {
		switch place := service.places()[i].(type) {
		case *string:
			shown[name] = *place
		case *int16:
			shown[name] = int64(*place)
		case pairsInto:
			shown[name] = shownPermissions(*place.permissions)
		}
	}
	return shown
}

func shownPermissions(permissions Permissions) map[string]any {
	shown := map[string]any{}
	for _, permission := range permissions {
		resource := strconv.Itoa(int(permission.ResourceType))
		if shown[resource] == nil {
			shown[resource] = map[string]any{}
		}
		names := []any{}
		for _, name := range permission.Resources {
			names = append(names, name)
		}
		shown[resource].(map[string]any)[strconv.Itoa(int(permission.Type))] = names
	}
	return shown
}

// shown007 is what a token says as vectors write it, where there are thousands of privileges their number alone.
func shown007(read *UnverifiedToken2, expected []vectors.Case) map[string]any {
	services := []any{}
	for _, service := range read.Services {
		services = append(services, shownService(service))
	}
	if unknown := read.Unknown; unknown != nil {
		services = append(services, map[string]any{
			"type": int64(unknown.Type), "name": "unknown", "privileges": shownPrivileges(unknown.Privileges),
		})
	}
	for i, service := range expected {
		if _, counts := service["privilege_count"]; counts && i < len(services) {
			found := services[i].(map[string]any)
			found["privilege_count"] = int64(len(found["privileges"].(map[string]any)))
			delete(found, "privileges")
		}
	}
	return map[string]any{
		"app_id": read.AppID, "issue_ts": int64(read.IssueTs), "expire": int64(read.Expire), "salt": int64(read.Salt),
		"expires_at": int64(read.ExpiresAt()), "signature_hex": hex.EncodeToString(read.Signature), "services": services,
	}
}

// wire are services as they stand on the wire: sorted by type, stably, with their names.
func wire(services []vectors.Case) []any {
	sorted := slices.Clone(services)
	slices.SortStableFunc(sorted, func(a, b vectors.Case) int { return int(a.Number("type") - b.Number("type")) })
	written := []any{}
	for _, service := range sorted {
		service["name"] = ServiceType(service.Number("type")).String()
		withoutBareTypes(service)
		written = append(written, map[string]any(service))
	}
	return written
}

// withoutBareTypes leaves out a resource type without a permission type, which shows in JSON only.
func withoutBareTypes(service vectors.Case) {
	if written, ok := service["permissions"].(map[string]any); ok {
		for resource, permissions := range written {
			if len(permissions.(map[string]any)) == 0 {
				delete(written, resource)
			}
		}
	}
}

func payload007(read *UnverifiedToken2) string {
	payload := binary.LittleEndian.AppendUint16(nil, uint16(len(read.Signature)))
	return hex.EncodeToString(append(append(payload, read.Signature...), read.SigningInfo...))
}

func payload006(read *UnverifiedToken) string {
	payload := binary.LittleEndian.AppendUint16(nil, uint16(len(read.Signature)))
	payload = append(payload, read.Signature...)
	payload = binary.LittleEndian.AppendUint32(payload, read.ChannelCRC)
	payload = binary.LittleEndian.AppendUint32(payload, read.UserCRC)
	payload = binary.LittleEndian.AppendUint16(payload, uint16(len(read.Message)))
	return hex.EncodeToString(append(payload, read.Message...))
}

func shown006(read *UnverifiedToken) map[string]any {
	return map[string]any{
		"app_id": read.AppID, "salt": int64(read.Salt), "ts": int64(read.ExpiresAt),
		"crc_channel_name": int64(read.ChannelCRC), "crc_uid": int64(read.UserCRC),
		"privileges": shownPrivileges(read.Privileges), "signature_hex": hex.EncodeToString(read.Signature),
	}
}

func TestValid(t *testing.T) {
	vectors.Run(t, "valid.json", func(t *testing.T, c vectors.Case) {
		build, check := build007, valid007
		if c.Text("version") == "006" {
			build, check = build006, valid006
		}
		built, err := build(c)
		if err != nil {
			t.Fatal(err)
		}
		check(t, c, built)
		check(t, c, c.Text("token"))
		if call, ok := c["one_call"].(map[string]any); ok {
			oneCall := vectors.Case(call)
			oneCall.Part("args")["app_id"] = c["app_id"]
			oneCall.Part("args")["app_certificate"] = c["app_certificate"]
			for _, function := range oneCall["functions"].([]any) {
				callAndCompare(t, function.(string), oneCall, c)
			}
		}
	})
}

func valid007(t *testing.T, c vectors.Case, token string) {
	read, err := ParseAccessToken2(token)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "payload", c.Text("payload_hex"), payload007(read))
	same(t, "signature", c.Text("signature_hex"), hex.EncodeToString(read.Signature))
	same(t, "signed", c.Text("signing_info_hex"), hex.EncodeToString(read.SigningInfo))
	same(t, "services", wire(c.List("services")), shown007(read, nil)["services"])
	for _, name := range []string{"app_id", "issue_ts", "expire", "salt"} {
		same(t, name, c[name], shown007(read, nil)[name])
	}
	if err := read.VerifySignature(c.Text("app_certificate")); err != nil {
		t.Error(err)
	}
}

func valid006(t *testing.T, c vectors.Case, token string) {
	read, err := ParseAccessToken(token)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "payload", c.Text("payload_hex"), payload006(read))
	same(t, "signature", c.Text("signature_hex"), hex.EncodeToString(read.Signature))
	same(t, "message", c.Text("message_hex"), hex.EncodeToString(read.Message))
	for _, name := range []string{"app_id", "salt", "ts", "privileges"} {
		same(t, name, c[name], shown006(read)[name])
	}
	if err := read.Verify(c.Text("app_certificate"), c.Text("channel_name"), c.Text("account")); err != nil {
		t.Error(err)
	}
}

// callAndCompare calls a builder; outcome has expect and field, token what an accepted call must give.
func callAndCompare(t *testing.T, function string, outcome, token vectors.Case) {
	args := outcome.Part("args")
	if args == nil {
		args = token.Part("args")
	}
	found, err := call(function, arguments(args))
	if refuses(t, outcome, "expect", err) {
		var refusal *Error
		errors.As(err, &refusal)
		same(t, "field", goNames[outcome.Text("field")], refusal.Field)
		return
	}
	minted(t, token, args.Text("app_certificate"), found)
}

// minted checks what a one-call builder minted.
func minted(t *testing.T, expected vectors.Case, certificate, token string) {
	t.Helper()
	now := time.Now().Unix()
	if expected.Text("version") == "006" {
		read, err := ParseAccessToken(token)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "app_id", expected["app_id"], read.AppID)
		same(t, "privileges", expected["privileges"], any(shownPrivileges(read.Privileges)))
		if left := int64(read.ExpiresAt) - now; left > 86400 || left < 86400-60 {
			t.Errorf("it ends in %d seconds", left)
		}
		if err := read.Verify(certificate, expected.Text("channel_name"), expected.Text("account")); err != nil {
			t.Error(err)
		}
		return
	}
	read, err := ParseAccessToken2(token)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "app_id", expected["app_id"], read.AppID)
	same(t, "expire", expected["expire"], int64(read.Expire))
	same(t, "services", wire(expected.List("services")), shown007(read, nil)["services"])
	if age := now - int64(read.IssueTs); age < 0 || age > 60 {
		t.Errorf("it is %d seconds old", age)
	}
	if err := read.VerifySignature(certificate); err != nil {
		t.Error(err)
	}
}

func TestBuilderRefusals(t *testing.T) {
	vectors.Run(t, "builder-refusals.json", func(t *testing.T, c vectors.Case) {
		token, _ := c["token"].(map[string]any)
		callAndCompare(t, c.Text("function"), c, token)
	})
}

func TestMalformed(t *testing.T) { vectors.Run(t, "malformed.json", operation) }

func TestOfficialStrings(t *testing.T) { vectors.Run(t, "official-strings.json", operation) }

// everyReaderAgrees asks what takes both generations, and the verifier.
func everyReaderAgrees(t *testing.T, c, expect vectors.Case) {
	token, parse := c.Text("token"), codeNamed(t, expect.Text("parse"))
	inspection, err := Inspect(token)
	if !strings.HasPrefix(token, "00") || parse != CodeTokenVersion {
		refuses(t, expect, "parse", err)
	}
	if err != nil {
		verifier := verifierOf(t, appID, certificate, IgnoreTime())
		if verdict, err := verifier.Verdict(token); err != nil || verdict.Valid || verdict.Token != nil {
			t.Errorf("%v and %v of what cannot be read", verdict, err)
		}
		return
	}
	signer, ok := c["app_certificate"].(string)
	if !ok || codeNamed(t, expect.Text("verify")) == CodeInvalidAppCertificate {
		return
	}
	var expected []Expectation
	if channel, ok := c["channel_name"].(string); ok {
		expected = append(expected, ExpectChannel(channel), ExpectAccount(c.Text("account")))
	}
	verdict, err := verifierOf(t, inspection.AppID, signer, IgnoreTime()).Verdict(token, expected...)
	if err != nil {
		t.Fatal(err)
	}
	if expect.Text("verify") != "ok" && verdict.Valid {
		t.Errorf("it is good, %s expected", expect.Text("verify"))
	}
	if at, ok := c["now"].(int64); ok {
		now := func() time.Time { return time.Unix(at, 0) }
		err := verifierOf(t, inspection.AppID, signer, WithClock(now)).Verify(token)
		if want := codeNamed(t, expect.Text("at_now")); want == 0 && err != nil || want != 0 && !errors.Is(err, want) {
			t.Errorf("%v, %s expected", err, expect.Text("at_now"))
		}
	}
}

// verifierOf is a verifier also of an App ID that is the vector's own.
func verifierOf(t *testing.T, appID, certificate string, options ...Option) *Verifier {
	t.Helper()
	if digits, err := hex.DecodeString(appID); err != nil || len(digits) != 16 {
		appID = "970CA35de60c44645bbae8a215061b33"
	}
	verifier, err := NewVerifier(Credentials{appID, certificate}, options...)
	if err != nil {
		t.Fatal(err)
	}
	return verifier
}

func operation(t *testing.T, c vectors.Case) {
	expect := c.Part("expect")
	if strings.Contains(c.Text("op"), "parse") {
		everyReaderAgrees(t, c, expect)
	}
	switch op := c.Text("op"); op {
	case "parse_007", "parse_verify_007":
		read, err := ParseAccessToken2(c.Text("token"))
		if refuses(t, expect, "parse", err) {
			return
		}
		decoded := expect.Part("decoded")
		for _, service := range decoded.List("services") {
			withoutBareTypes(service)
		}
		same(t, "decoded", map[string]any(decoded), shown007(read, decoded.List("services")))
		same(t, "complete", expect["complete"], read.Unknown == nil)
		same(t, "unread_bytes", expect["unread_bytes"], int64(read.UnreadBytes))
		if payload, ok := expect["payload_hex"]; ok {
			same(t, "payload", payload, payload007(read))
		}
		if strings.Contains(op, "verify") {
			refuses(t, expect, "verify", read.VerifySignature(c.Text("app_certificate")))
		}
	case "parse_006", "parse_verify_006":
		read, err := ParseAccessToken(c.Text("token"))
		if refuses(t, expect, "parse", err) {
			return
		}
		same(t, "decoded", map[string]any(expect.Part("decoded")), shown006(read))
		if payload, ok := expect["payload_hex"]; ok {
			same(t, "payload", payload, payload006(read))
		}
		if strings.Contains(op, "verify") {
			err := read.Verify(c.Text("app_certificate"), c.Text("channel_name"), c.Text("account"))
			refuses(t, expect, "verify", err)
		}
	case "parse_any":
		_, err := ParseAccessToken2(c.Text("token"))
		refuses(t, expect, "parse", err)
		_, err = ParseAccessToken(c.Text("token"))
		refuses(t, expect, "parse", err)
	case "build_007":
		token, err := build007(c)
		if refuses(t, expect, "error", err) {
			return
		}
		read, err := ParseAccessToken2(token)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "services", wire(c.List("services")), shown007(read, nil)["services"])
		same(t, "signature", expect["signature_hex"], hex.EncodeToString(read.Signature))
		same(t, "size", expect["payload_size"], int64(len(payload007(read))/2))
	case "build_006":
		token, err := build006(c)
		if refuses(t, expect, "error", err) {
			return
		}
		read, err := ParseAccessToken(token)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "privileges", c["privileges"], any(shownPrivileges(read.Privileges)))
		same(t, "signature", expect["signature_hex"], hex.EncodeToString(read.Signature))
		same(t, "size", expect["payload_size"], int64(len(payload006(read))/2))
	default:
		t.Fatalf("no operation is called %s", op)
	}
}
