package core

import (
	"errors"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	// The package above makes its own.
	NewError = func(refusal Refusal) error { return errors.New(refusal.Reason) }
	os.Exit(m.Run())
}
