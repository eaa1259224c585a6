// Package vectors reads tests/vectors for the tests.
package vectors

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Case is one case, or a part of it: its numbers are int64, its texts the bytes that they stand for.
type Case map[string]any

// Run runs every case of a file, and fails when they are not as many as the file says.
func Run(t *testing.T, file string, run func(t *testing.T, c Case)) {
	_, here, _, _ := runtime.Caller(0)
	text, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../../../tests/vectors", file))
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var raw any
	if err := decoder.Decode(&raw); err != nil {
		t.Fatal(err)
	}
	document := Case(plain(raw).(map[string]any))
	ran := int64(0)
	for _, c := range document.List("cases") {
		ran++
		t.Run(c.Text("id"), func(t *testing.T) { run(t, c) })
	}
	if ran == 0 || ran != document.Number("count") {
		t.Errorf("%d of %d cases", ran, document.Number("count"))
	}
	fmt.Printf("%s: %d of %d cases\n", file, ran, document.Number("count"))
}

// plain follows recipes, and reads numbers.
func plain(value any) any {
	switch value := value.(type) {
	case json.Number:
		number, err := value.Int64()
		if err != nil {
			panic(err)
		}
		return number
	case []any:
		for i, each := range value {
			value[i] = plain(each)
		}
	case map[string]any:
		if digits, ok := value["hex"].(string); ok && len(value) == 1 {
			text, err := hex.DecodeString(digits)
			if err != nil {
				panic(err)
			}
			return string(text)
		}
		if repeat, ok := value["repeat"].([]any); ok {
			prefix, _ := value["prefix"].(string)
			times := plain(repeat[1]).(int64)
			return prefix + strings.Repeat(repeat[0].(string), int(times))
		}
		for name, each := range value {
			value[name] = plain(each)
		}
	}
	return value
}

// Text is a member that is a text.
func (c Case) Text(name string) string { return c[name].(string) }

// Number is a member that is a number.
func (c Case) Number(name string) int64 { return c[name].(int64) }

// Part is a member that is an object.
func (c Case) Part(name string) Case { return c[name].(map[string]any) }

// List is a member that is a list of objects.
func (c Case) List(name string) []Case {
	var list []Case
	for _, each := range c[name].([]any) {
		list = append(list, each.(map[string]any))
	}
	return list
}
