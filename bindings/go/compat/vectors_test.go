// Package compat_test tests the official names.
package compat_test

import (
	"math"
	"strconv"
	"testing"

	"agora-token.example/agoratoken/compat/accesstoken2"
	"agora-token.example/agoratoken/internal/vectors"
)

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

func (a arguments) permissions(name string) *accesstoken2.Rtm2Permissions {
	permissions := accesstoken2.NewRtm2Permissions()
	written := vectors.Case(a).Part(name)
	for resource := range written {
		for permission, names := range written.Part(resource) {
			var resources []string
			for _, name := range names.([]any) {
				resources = append(resources, name.(string))
			}
			permissions.Add(digits(resource), digits(permission), resources)
		}
	}
	return permissions
}

func digits(text string) uint16 {
	number, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		panic(err)
	}
	return uint16(number)
}

// What the checking builders take, the official ones take too; what those refuse, these may mint.
func TestBuilders(t *testing.T) {
	vectors.Run(t, "builder-refusals.json", func(t *testing.T, c vectors.Case) {
		token, err := call(c.Text("function"), arguments(c.Part("args")))
		if (token == "") != (err != nil) {
			t.Fatalf("%q and %v", token, err)
		}
		if c.Text("expect") == "ok" && err != nil {
			t.Fatal(err)
		}
	})
}
