// Package escrow is the aggregate of one supervised account (预收费监管账户): the
// agreement of institution and bank, the account and its risk deposit, alerts
// and how they were answered, freezing and closing. The orders that are paid into
// it are aggregates of their own, and so is each day of the bank's statement.
//
// # Why the account does not hold the money of its orders
//
// A busy account has thousands of orders, and each of their facts would compete
// with all others for the position of one stream. The account therefore keeps
// nothing but the risk deposit; what is held for orders is the sum of their
// books, in the account and outside it, and comes in the command where a step
// depends on it (see [CloseAccount]).
//
// # Invariants
//
//   - No number of an account is stored but its last four digits.
//   - The account is agreed on, opened, filed and closed in turn. The steps that
//     move or stop money (opening, deposit, freezing, closing) are recorded in the
//     order of their days, so that the deposit of any day is that of the facts up
//     to it. Alerts and breaches only come after the agreement and in the order of
//     their own steps: the bank reports a payment of yesterday also where an alert
//     was raised this morning.
//   - The deposit is never overdrawn, and what the institution gets back of it
//     leaves the minimum, unless the account is wound up. A correction may break
//     this, and is refused by who folds it: see [State.Sound].
//   - A frozen account takes and gives nothing but deposit to families. Deposit is
//     used for one order at a time, and only once the account is frozen or a
//     dispute is named; the order pays out no more of it than was used for it.
//   - No amount and no value of an alert is beyond rule.MaxAmount.
//   - At most one alert of a metric and level is open. It is closed only after it
//     was assessed, and the public is warned only of what was found to be real.
//   - Nothing but the account's bank, the last digits of its number and since when
//     it is open is public, and the text of a warning.
//
// Whether an alert is due is not decided here by the state: [Gauge.Alarms] says so
// from what is known of an account on a day, for the alerts of today and for the
// replay under other presets alike ([WhatIf]).
package escrow
