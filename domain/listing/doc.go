// Package listing is the aggregate of the decisions about one institution or
// person: white, watch and black, with their due process. Its id is that of the
// institution or person.
//
// Listing is an administrative decision. Rules compute eligibility as advice,
// and refuse a decision that skips a step; they never list by themselves.
package listing
