// Package archtest holds the rules of the house as tests: which package may
// import which, what is banned where, that every package and exported name says
// what it promises, that links in the documents lead somewhere, and that what
// is generated is current. It has no code of its own.
package archtest
