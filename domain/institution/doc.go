// Package institution is the aggregate of one training institution, branch,
// teaching point, natural person or unlicensed premises: its names and codes,
// its licences with their five exits, its legal registration, conversion,
// termination, reviews and annual inspections.
//
// The state keeps days, not flags, so that an act can be judged by how things
// stood on its own effective day, which may lie long in the past.
package institution
