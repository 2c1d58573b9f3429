// Package order is the aggregate of one prepaid order (预收费订单): what a family
// paid for a course under a supervised account, the lessons, their confirmation,
// releases, refunds, and where each fen is.
//
// An order is a stream of its own, so that what is done on it costs the same
// however old and large the account is.
//
// # Invariants
//
//   - The ledger of the order balances after every fact: what was paid is held,
//     outside, released, refunded, paid out or transferred. No account is
//     overdrawn, also after a correction or an annulment: State.Sound refuses
//     those, and such as would leave later facts without ground.
//   - Released never exceeds the fee of the class-hours that are confirmed, but
//     when the order is settled after a refund.
//   - The fee of h class-hours is h times paid ÷ hours, rounded down to the fen;
//     what the division leaves falls on the last class-hour, so that all of them
//     cost what was paid.
//   - A lesson is confirmed by the parent, or deemed to be after the whole period
//     of which notice was given, and not once it is disputed.
//   - A lesson keeps its number, also where one before it was annulled.
//   - What is paid out after a closure counts towards the refund that was agreed.
//   - A refund is never less than what the rule gives, and never more than what
//     is left of the order.
//   - A pupil is an opaque reference. Who taught and who paid is not here.
package order
