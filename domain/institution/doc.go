// Package institution is the aggregate of one training institution, branch,
// teaching point, natural person or unlicensed premises: its names and codes,
// its applications and licences with their five exits, its legal registration,
// conversion, termination, reviews and annual inspections, and what supervision
// did there: interviews, warnings, advertisements taken down, breaches of
// training times, stops and abnormal closures.
//
// The state keeps days, not flags, so that an act can be judged by how things
// stood on its own effective day, which may lie long in the past. Persons stand
// in it sealed; of a natural person that is also the full name and address.
package institution
