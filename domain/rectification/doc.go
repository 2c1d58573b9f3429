// Package rectification is the aggregate of one order to correct (责令整改): its
// items, what the institution reports of them, the check of each, follow-up
// visits and the close-out.
//
// # Invariants
//
//   - Items are numbered from 1. Each is verified or failed on its own, once. A
//     failed item is not reported again: what is still to be done is ordered
//     anew, so that it has a period of its own.
//   - The whole is verified when every item is, and failed when one is and none
//     is open. The one fact that says so has Whole, and an open clock ends
//     with it.
//   - The period of the institution ends once everything open is reported, so
//     that a late check is the agency's and not the institution's.
//   - While the institution is on watch the last day lies within the watch,
//     also after an extension.
//   - Only the agency that ordered acts, except that a report may be taken down
//     by another one on the institution's behalf. Its evidence stands in the
//     envelope of the fact.
package rectification
