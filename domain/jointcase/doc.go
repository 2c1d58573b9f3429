// Package jointcase is the aggregate of one joint case (stream name "case"): it
// ties the grievances, inspections, rectifications, penalty cases and disputes
// of an institution together, and each agency that takes part writes its own
// part.
//
// # Parts
//
// An agency records its part with record-part: a fact that it alone reads. With
// share-part it makes its latest part known to the other agencies: a fact of its
// own that carries the text, for who may read a fact is said once for the whole
// of it and never changed afterwards. So an agency can write, think again and
// share what it stands by; what it has not shared is known to the others by its
// being there alone. The state holds every part: who shows it to an agency takes
// [State.SeenBy].
//
// # Invariants
//
//   - The lead agency says who takes part, and concludes. It does not leave.
//   - An agency writes its own part; the latest counts, and earlier ones stay.
//   - A case is concluded once every agency of it has a part, no task is open and
//     no tied work is. Whether tied work is open is told by the edge.
//   - Tasks are numbered by the register, and each has a last day of its own.
//   - After its conclusion nothing changes until it is reopened.
package jointcase
