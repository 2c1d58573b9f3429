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
//   - A lesson is confirmed once: by the parent, or deemed to be after the whole
//     period of which notice was given, and not once it is disputed. The period
//     does not begin before the register hears of the notice.
//   - The counts of all facts add up to what stands: lessons and class-hours that
//     were given, and those confirmed by the parent or deemed to be.
//   - A lesson keeps its number, also where one before it was annulled.
//   - What is paid out after a closure counts towards the refund that was agreed.
//     From the risk deposit no more is paid out than was used of it for the order.
//   - Once refunded, what is left for the family is what the rule of that refund
//     still gives: for the limits, a pay-out and the end alike. It is not transferred.
//   - An order is transferred with its money in one place and every lesson
//     confirmed, never from custody to a deposit alone. The one that goes on it
//     keeps the day on which it was paid and whether the service was known before,
//     so that no second cooling-off begins.
//   - A day before the account was frozen or closed gets no more movements, but by
//     the authority before a freeze.
//   - A refund is never less than what the rule gives, and never more than what
//     is left of the order.
//   - A pupil is an opaque reference. Who taught and who paid is not here, nor in
//     references of the bank, numbers, classes and notices.
package order
