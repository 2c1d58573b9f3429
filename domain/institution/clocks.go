package institution

import (
	"minglu/domain/clock"
	"minglu/domain/term"
)

// Every exit of a licence begins the clock of its cancellation. Exits that were
// recorded before the clock was kept begin none.

// Moves begins the clock of the cancellation.
func (e LicenceExpired) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves begins the clock of the cancellation.
func (e LicenceRevoked) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves begins the clock of the cancellation.
func (e LicenceAnnulled) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves begins the clock of the cancellation.
func (e LicenceWithdrawn) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves begins the clock of the cancellation.
func (e LicenceSurrendered) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the clock of the cancellation.
func (e LicenceCancelled) Moves() []clock.Move {
	return clock.Ended(string(e.Number), term.LicenceCancellation)
}
