package agoratoken

import "testing"

const (
	appID       = "970CA35de60c44645bbae8a215061b33"
	certificate = "5CFd2fd1755d40ecb72977518be15d3b"
)

func BenchmarkBuildToken2WithUID(b *testing.B) {
	b.ReportAllocs()
	for i := range b.N {
		if _, err := BuildToken2WithUID(appID, certificate, "room", uint32(i), Publisher, 3600, 3600); err != nil {
			b.Fatal(err)
		}
	}
}
