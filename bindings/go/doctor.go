package agoratoken

// FindingCode names what Diagnose may find; it stays, while words may become better.
type FindingCode string
