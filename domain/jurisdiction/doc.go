// Package jurisdiction is the aggregate of one division's own decisions:
// moratoria, policy parameters, baselines, working-day calendars, inspection
// windows, joint conferences and what becomes of their resolutions, list batches
// and surveys; and of who acts there: agencies, enforcement officers, task
// forces and area teams, with the documents, hotlines, notices, circulars,
// trainings and printed figures of the division. What other aggregates need of
// it travels in their commands as rule.Law.
//
// # Invariants
//
//   - An agency is registered by its own division.
//   - A number and a credential are those of one officer at a time; who the
//     officer is stands sealed.
//   - A resolution that is carried out is not opened again, and its last day is
//     not moved once it has passed.
//   - A printed figure is counted once for each day of its period.
package jurisdiction
