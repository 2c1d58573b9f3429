// Package grievance is the aggregate of one complaint (投诉), report (举报) or
// petition (信访), or of one message that is complaint and report at once.
//
// # Shape
//
// A mixed message is split in the decision that receives it. Its parts "1", "2"
// live in the same stream, each with a handler and clocks of its own; acts on it
// name the part. A grievance of one nature has one part, the empty one, and acts
// on it name none. When a part ends is decided part by part; that the whole has
// ended follows from its last part, in the fact that ends it.
//
// The complainant, the contact and the content are sealed before anything is
// decided, under one key, and read by the handling agency alone, on a reason.
// What stands in the clear is seen by the agencies that enforce jointly.
//
// # Invariants
//
//   - Nothing takes effect before the receipt, and nothing but notices, reviews,
//     visits and a reopening after a part has ended.
//   - The whole is closed only when every part has ended.
//   - A transfer stops no clock. One return a part, with ground, reason and
//     evidence within its period; a second dispute waits for the joint-conference
//     office.
//   - Only the agency that has the part handles it; a review is answered by the
//     agency that reviews.
//   - What had to be told to a real-name reporter, and to the sides of a mediation
//     that failed, is told before the part is closed.
//   - No name, number or address of a complainant or child stands in the clear.
package grievance
