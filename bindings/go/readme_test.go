package agoratoken

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every program of README.md runs, and prints what its last comment says.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if odd := regexp.MustCompile("(?m)^```(\\S+)$").FindAllStringSubmatch(string(text), -1); len(odd) > 0 {
		for _, fence := range odd {
			if fence[1] != "console" {
				t.Errorf("a block of %s without a name would go untested", fence[1])
			}
		}
	}
	programs := regexp.MustCompile("(?ms)^```go (\\w+)\\.go\n(.*?)^```$").FindAllStringSubmatch(string(text), -1)
	if len(programs) != 4 {
		t.Fatalf("%d programs", len(programs))
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, file := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join("../../examples/go", file))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, file), strings.ReplaceAll(string(content), "../../bindings/go", here))
	}
	for _, program := range programs {
		name, source := program[1], program[2]
		write(t, filepath.Join(folder, name, "main.go"), source)
		t.Run(name, func(t *testing.T) {
			run := exec.Command("go", "run", "./"+name)
			run.Dir = folder
			run.Env = append(os.Environ(), "CGO_ENABLED=0", "AGORA_APP_ID="+appID, "AGORA_APP_CERTIFICATE="+certificate)
			printed, err := run.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, printed)
			}
			_, comment, ok := strings.Cut(source, "\t// Output:\n")
			if !ok {
				t.Fatal("it does not say what it prints")
			}
			var expected strings.Builder
			for _, line := range strings.SplitAfter(comment, "\n") {
				if said, ok := strings.CutPrefix(line, "\t// "); ok {
					expected.WriteString(said)
				}
			}
			if expected.String() != string(printed) {
				t.Errorf("it prints\n%s", printed)
			}
		})
	}
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
