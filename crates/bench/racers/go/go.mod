module agora-token.example/racer

go 1.23.0

require (
	agora-token.example/agoratoken v0.0.0
	github.com/AgoraIO-Community/go-tokenbuilder v1.0.0
)

require github.com/tetratelabs/wazero v1.10.1 // indirect

replace agora-token.example/agoratoken => ../../../../bindings/go
