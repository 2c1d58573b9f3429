// Package penalty is the aggregate of one penalty case (行政处罚案件): from the
// lead to the end, with what the party is owed on the way.
//
// Steps: alleged, filed, prior notice, statement or waiver, hearing, legal
// review, decided or not punished, served, published, performed, closed. A case
// may be handed to another agency before it is decided, end with an informal
// measure, be referred to the police, and its decision be changed or revoked.
//
// # Invariants
//
//   - Only the agency that handles the case acts, by officers who were not
//     recused; who investigated, for whichever agency, neither reviews nor
//     decides.
//   - Who takes a case over has what is left of the period to decide, and is bound
//     by what a party was told that made its statement. Who was named by
//     arbitration does not hand it on.
//   - A decision by the ordinary procedure has at least two investigators of the
//     agency, a prior notice that bounds it, a party heard (or a window over, or a
//     clear waiver), the hearing that was asked for in time (or the window to ask
//     for one over), the legal review where it is due, and lies within the period
//     from the first filing or its recorded extension.
//   - A statement never makes a penalty heavier, nor does a change.
//   - One act is fined once: a decision with a fine reserves the act (party and
//     days), across all cases; a revoked one gives it back. A second fine for days
//     of which some were fined says why it is another act.
//   - What was told, decided, served or published is changed by acts of its own
//     and never corrected.
//   - What is contravened was in force on the day of the act, and the fact names
//     the edition.
//   - Every penalty carries the order to correct; decision and notice of credit
//     repair are served together.
//   - Remedies are labels and suspend nothing; only the surcharge does not grow
//     while one is under way. A reversal of what is published begins the clock of
//     its withdrawal.
//   - Nothing is public before it is published. What the public may read stands
//     in the publication itself, so that no earlier fact must be opened for it;
//     it is published again, within the same period, where the remedies beside it
//     have moved.
package penalty
