// Package reaction says what follows by itself: from a fact, and from a clock
// that has run out. It is pure; the register carries out what it says, each act
// once, under a command id made from its cause.
//
// A reaction never decides on a list. It proposes, and an officer decides or
// dismisses; what the law itself deems to happen on a day (a publication ends, a
// right lapses, a period is missed) it carries out.
package reaction
