package projections

import (
	"fmt"

	"minglu/domain/ident"
	"minglu/eventstore"
)

// Commands is the view "commands": where a command id was carried out. It
// answers for a repeated act whose stream is not known; the stream itself holds
// the command id too and is what guards.
//
//	commands: command id (16 bytes) → first position (8 bytes) ‖ records ‖ digest ‖ stream
type Commands struct{}

var _ Projection = Commands{}

const commandsView = "commands"

// Name returns "commands".
func (Commands) Name() string { return commandsView }

// Version returns the version of the rows.
func (Commands) Version() int { return 1 }

// Apply writes one row for the first record of each command.
func (Commands) Apply(tx *Tx, r eventstore.Record) error {
	if r.Meta.Ordinal != 1 {
		return nil
	}
	id, err := ident.ParseUUID(r.Meta.CommandID)
	if err != nil {
		return err
	}
	v := make(packer, 0, 48+len(r.Stream))
	v = AppendUint(v, r.Meta.Seq)
	v.uint(uint64(r.Meta.Count))
	v.hex(r.Meta.CommandDigest)
	tx.Bucket(commandsView).Put(id[:], append(v, r.Stream...))
	return nil
}

// Command is a command that was carried out.
type Command struct {
	ID     string
	Stream string // of its first fact: the aggregate it was carried out on
	First  uint64 // position of its first record
	Last   uint64 // position of its last one, reservations among them
	Digest string // of the act, as its facts have it
}

// Command returns the command of that id, a UUID; ok is false where it is not
// known, or no UUID.
func (s *Set) Command(id string) (c Command, ok bool, err error) {
	key, err := ident.ParseUUID(id)
	if err != nil {
		return Command{}, false, nil
	}
	err = s.Read(commandsView, func(r *Read) error {
		v := r.Bucket(commandsView).Get(key[:])
		if v == nil {
			return nil
		}
		u := unpacker{rest: v}
		c = Command{ID: ident.FormatUUID(key), First: u.fixed()}
		c.Last = c.First + u.uint() - 1
		c.Digest = u.hex()
		c.Stream, ok = string(u.rest), true
		if u.bad {
			return fmt.Errorf("row of command %s cannot be read", id)
		}
		return nil
	})
	return c, ok, err
}
