// Package calendar holds civil days, working days and the arithmetic of legal
// periods.
//
// A day is a day of Beijing time, which is eight hours ahead of UTC all year.
// The package reads no clock: an instant becomes a day only where the caller
// brings the instant.
//
// Working days come from the yearly notices of the State Council. A year whose
// notice is not there is refused with [ErrYearNotPublished]; it is never taken
// to be a year without holidays.
package calendar
