package agoratoken

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// goldenAttempt is an attempt as the golden files write it.
type goldenAttempt struct {
	AppID        string   `json:"app_id"`
	Channel      string   `json:"channel_name"`
	UID          *uint32  `json:"uid"`
	Account      *string  `json:"user_account"`
	At           int64    `json:"at"`
	SDK          string   `json:"sdk"`
	Error        string   `json:"error"`
	Certificates []string `json:"certificates"`
	Role         Role     `json:"role"`
	Service      uint16   `json:"service"`
	Redact       bool     `json:"redact"`
}

func (g goldenAttempt) attempt() Attempt {
	attempt := Attempt{
		AppID: g.AppID, Channel: g.Channel, SDK: g.SDK, Error: g.Error, Certificates: g.Certificates, Role: g.Role,
		Service: ServiceType(g.Service), Redact: g.Redact,
	}
	if g.At != 0 {
		attempt.At = time.Unix(g.At, 0)
	}
	if g.UID != nil {
		attempt.User = UID(*g.UID)
	}
	if g.Account != nil {
		attempt.User = Account(*g.Account)
	}
	return attempt
}

type goldenCase struct {
	Situation string        `json:"situation"`
	ID        string        `json:"id"`
	Token     string        `json:"token"`
	Attempt   goldenAttempt `json:"attempt"`
	Findings  []Finding     `json:"findings"`
	Expected  FindingCode   `json:"expected"`
}

func TestGoldenFilesOfTheDoctor(t *testing.T) {
	files, err := filepath.Glob("../../tests/doctor/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	ran, announced := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var document struct {
			Code      FindingCode  `json:"code"`
			Count     int          `json:"count"`
			Cases     []goldenCase `json:"cases"`
			Scenarios []goldenCase `json:"scenarios"`
		}
		if err := json.Unmarshal(text, &document); err != nil {
			t.Fatal(err)
		}
		announced += document.Count
		for _, c := range append(document.Cases, document.Scenarios...) {
			t.Run(filepath.Base(file)+"/"+c.Situation+c.ID, func(t *testing.T) {
				findings, err := Diagnose(c.Token, c.Attempt.attempt())
				if err != nil {
					t.Fatal(err)
				}
				wanted := c.Expected
				if wanted == "" {
					wanted = document.Code
					same(t, "findings", c.Findings, findings)
				}
				first := findings[:min(2, len(findings))]
				if !slices.ContainsFunc(first, func(f Finding) bool { return f.Code == wanted }) {
					t.Errorf("%v, %s expected", findings, wanted)
				}
			})
			ran++
		}
	}
	if ran == 0 || ran != announced {
		t.Errorf("%d of %d cases", ran, announced)
	}
	fmt.Printf("doctor, %d files: %d of %d cases\n", len(files), ran, announced)
}
