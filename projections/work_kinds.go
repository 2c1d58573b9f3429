package projections

import (
	"minglu/domain/dispute"
	"minglu/domain/escrow"
	"minglu/domain/grievance"
	"minglu/domain/inspection"
	"minglu/domain/jointcase"
	"minglu/domain/penalty"
	"minglu/domain/rectification"
)

// workKinds are the aggregates that agencies work on; a new one is one line
// here.
var workKinds = []workKind{
	workOf(grievance.Decider), workOf(inspection.Decider), workOf(rectification.Decider),
	workOf(penalty.Decider), workOf(dispute.Decider), workOf(jointcase.Decider), workOf(escrow.Decider),
}
