package projections

// workKinds are the aggregates that agencies work on; a new one is one line
// here.
var workKinds = []workKind{}
