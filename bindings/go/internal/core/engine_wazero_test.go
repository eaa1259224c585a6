//go:build !agora_cgo

package core

import (
	"bytes"
	"testing"
)

const (
	appID       = "970CA35de60c44645bbae8a215061b33"
	certificate = "5CFd2fd1755d40ecb72977518be15d3b"
)

func TestTheModuleImportsNothing(t *testing.T) {
	m, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	if imported := m.code.ImportedFunctions(); len(imported) > 0 {
		t.Errorf("%d functions", len(imported))
	}
	exported := m.code.ExportedFunctions()
	for _, function := range functions[1:] {
		if exported[function.name] == nil {
			t.Errorf("%s is not there", function.name)
		}
	}
}

// What was handed over is gone from the memory that serves the next caller.
func TestNothingSecretIsLeftBehind(t *testing.T) {
	for _, mint := range []func() error{
		func() error {
			_, err := Build(4, false, Text(appID), Text(certificate), Text("room"), Number(42), Number(1), Number(60), Number(60))
			return err
		},
		func() error {
			token := Token2{AppID: appID, AppCertificate: certificate, Services: []Service{{Type: 4}}}
			text, err := token.Build()
			if err != nil {
				return err
			}
			return VerifyToken2(text, certificate)
		},
		func() error {
			return With(func(s *Session) {
				attempt := s.Make(FnAttemptNew, FnAttemptFree)
				s.Call(FnAttemptAddCertificate, attempt, s.Text(certificate, "app_certificate"))
				s.Call(FnAttemptSetChannel, attempt, s.Text(certificate, "channel"))
				s.Call(FnAttemptSetAt, attempt, 1_700_000_000)
				s.Make(FnDiagnose, FnDiagnosisFree, s.Text(certificate, "token"), attempt)
			})
		},
	} {
		if err := mint(); err != nil {
			t.Fatal(err)
		}
		for _, e := range engines.idle {
			memory, _ := e.memory.Read(0, e.memory.Size())
			for piece := 0; piece+8 <= len(certificate); piece++ {
				if at := bytes.Index(memory, []byte(certificate[piece:piece+8])); at >= 0 {
					t.Errorf("piece %d stands at %d of %d bytes, the block begins at %d", piece, at, len(memory), e.start)
				}
			}
		}
	}
}

// An engine that took much memory is not kept, and one that broke neither.
func TestSpentEnginesAreNotKept(t *testing.T) {
	for name, spend := range map[string]func(e *engine){
		"large":  func(e *engine) { _, _ = e.grow(keptPages) },
		"broken": func(e *engine) { e.broken = true },
	} {
		var lent *engine
		if err := With(func(s *Session) {
			lent = s.engine
			spend(lent)
		}); err != nil {
			t.Fatal(err)
		}
		for _, e := range engines.idle {
			if e == lent {
				t.Errorf("the %s one is kept", name)
			}
		}
	}
}

// No engine takes more memory than its bound.
func TestMemoryIsBounded(t *testing.T) {
	if err := With(func(s *Session) {
		if address, err := s.grow(mostPages); err == nil {
			t.Errorf("it grew at %d", address)
		}
	}); err != nil {
		t.Error(err)
	}
}
