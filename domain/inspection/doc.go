// Package inspection is the aggregate of one inspection of training institutions:
// a campaign, a check, a sweep or a random inspection, with its plan, its draw,
// its visits and findings, its result and what the institutions say to it.
//
// # Steps
//
//	plan → launch → (commit-seed → hold-draw → assign-inspectors) → visits, findings,
//	surveys → close → publish-result → replies → conclude
//
// Those in brackets belong to random inspections, which visit nobody who was not
// drawn. An inspection of the past, of which nothing but figures is known, is
// planned, counted by record-visit-count and closed without a launch.
//
// # Who does what
//
// The lead agency (or the office of the joint conference) launches, draws, closes
// and publishes; agencies of the plan record visits and findings, each on the
// items that the plan gives it. An item list that is left out stands for every
// item of every agency.
//
// # Invariants
//
//   - A draw opens the seed whose commitment lies at an earlier position than the
//     freezing of its population, and takes from the population as it was then. A
//     drawn institution that changed later stays drawn.
//   - The draw can be made again from [State.Package] alone: inspectors follow the
//     ranks of the draw too, so that nobody chooses them.
//   - A visit has two different registered officers or more, and a signed record
//     unless it is covert.
//   - Visits never become institutions: distinct institutions are counted from
//     visits that name one, are "at least" where some name none, and unknown where
//     all do.
//   - What covert inspections and checks of grievances do stays joint until their
//     result is published; visits, findings and surveys always do, and reach the
//     public as rows of the result.
//   - A closed inspection takes nothing but its publication, replies and
//     corrections.
//
// # Figures
//
// A campaign counts on the day of its launch; one that is only counted
// afterwards counts by the checks that record-visit-count names. A survey in a
// sweep counts as a visit of the area team unless it names the visit of which it
// is a part.
package inspection
