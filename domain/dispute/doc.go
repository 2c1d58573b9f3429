// Package dispute is the aggregate of one dispute of families and others with an
// institution that closed, moved courses, refused refunds or taught badly: who
// claims what, where it was routed, meetings and visits, how the money is shared
// out, and how it ended.
//
// # Invariants
//
//   - A claim has the number that the register gives it. Its claimant is sealed.
//   - Money is shared out rank by rank, in proportion within a rank, exact to
//     the fen: see [Distribute]. A later rank gets nothing while an earlier one
//     is short. A further distribution shares out what is unpaid after those
//     before it.
//   - What the supervised account holds for an order belongs to its family first:
//     it is taken off the claim before sharing, and never part of what is
//     available.
//   - A dispute is resolved by a way that it was routed to. What was not resolved
//     stays open and ages.
//   - The agency that opened it leads: it routes, distributes and resolves.
package dispute
