// Package jurisdiction is the aggregate of one division's own decisions:
// moratoria, policy parameters, baselines, working-day calendars, inspection
// windows, joint conferences, list batches and surveys. What other aggregates
// need of them travels in their commands as rule.Law.
package jurisdiction
