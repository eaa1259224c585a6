// The Go racer: this package, as WebAssembly or, with the tag agora_cgo, as a static library, and beside the first the
// peer that the module proxy has, which makes AccessToken (006) alone. Speaks as src/main.rs does.
package main

import (
	"bufio"
	"fmt"
	"os"
	"time"

	peer "github.com/AgoraIO-Community/go-tokenbuilder/rtctokenbuilder"

	"agora-token.example/agoratoken"
)

// The public sample credentials of the official test suites.
const (
	appID          = "970CA35de60c44645bbae8a215061b33"
	appCertificate = "5CFd2fd1755d40ecb72977518be15d3b"
	lifetime       = 3600
)

type input struct {
	channel string
	uid     uint32
}

// inputs are channel names and uids, by the rule of src/inputs.rs.
func inputs() []input {
	state := uint32(1)
	number := func() uint32 {
		state = state*1664525 + 1013904223
		return state
	}
	made := make([]input, 1021)
	for i := range made {
		for range 4 {
			made[i].channel += fmt.Sprintf("%08x", number())
		}
		made[i].uid = number()%3294967296 + 1000000000
	}
	return made
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	all, next := inputs(), 0
	rotated := func() input {
		next = (next + 1) % len(all)
		return all[next]
	}
	issuer, err := agoratoken.NewIssuer(agoratoken.Credentials{AppID: appID, AppCertificate: appCertificate})
	check(err)
	var tokens []string
	for _, i := range all {
		token, err := agoratoken.BuildToken2WithUID(appID, appCertificate, i.channel, i.uid, agoratoken.Publisher, lifetime, lifetime)
		check(err)
		tokens = append(tokens, token)
	}
	names := []string{"mint-007", "issue-007", "mint-006", "verify-007"}
	tasks := map[string]func(){
		"mint-007": func() {
			i := rotated()
			_, err := agoratoken.BuildToken2WithUID(appID, appCertificate, i.channel, i.uid, agoratoken.Publisher, lifetime, lifetime)
			check(err)
		},
		"issue-007": func() {
			i := rotated()
			_, err := issuer.Issue(agoratoken.RTC(i.channel, agoratoken.UID(i.uid), agoratoken.Publisher))
			check(err)
		},
		"mint-006": func() {
			i := rotated()
			_, err := agoratoken.BuildTokenWithUID(appID, appCertificate, i.channel, i.uid, agoratoken.Publisher, uint32(time.Now().Unix())+lifetime)
			check(err)
		},
		"peer-mint-006": func() {
			i := rotated()
			_, err := peer.BuildTokenWithUID(appID, appCertificate, i.channel, i.uid, peer.RolePublisher, uint32(time.Now().Unix())+lifetime)
			check(err)
		},
		"verify-007": func() {
			next = (next + 1) % len(tokens)
			read, err := agoratoken.ParseAccessToken2(tokens[next])
			check(err)
			check(read.VerifySignature(appCertificate))
		},
	}
	if agoratoken.Backend == "wasm" {
		names = append(names, "peer-mint-006")
	}
	for _, name := range names {
		fmt.Print(name, " ")
	}
	fmt.Println()
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var name string
		var count int
		_, err := fmt.Sscan(lines.Text(), &name, &count)
		check(err)
		start := time.Now()
		for range count {
			tasks[name]()
		}
		fmt.Println(time.Since(start).Nanoseconds())
	}
}
