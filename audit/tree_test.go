package audit_test

import (
	"minglu/audit"
	"minglu/projections"
)

// The view is a tree that a signer signs.
var _ audit.Tree = (*projections.Views)(nil)
