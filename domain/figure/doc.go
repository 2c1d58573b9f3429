// Package figure holds the counts that a bureau reports: a number with its unit
// and how exactly it is known, and what facts contribute to them.
//
// A visit count is never a number of institutions. "余" (at_least) and "近"
// (nearly) are kept through every sum.
package figure
