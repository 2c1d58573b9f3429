package ident

import (
	"crypto/sha1"
	"encoding/hex"
	"strconv"

	"minglu/domain"
)

// ParseUUID reads a UUID of any version in its form of 36 characters (RFC
// 9562), in upper or lower case; every other form is refused with field code
// "uuid". Command ids are such UUIDs.
func ParseUUID(s string) ([16]byte, error) {
	var id [16]byte
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, notUUID(s)
	}
	plain := s[:8] + s[9:13] + s[14:18] + s[19:23] + s[24:]
	if _, err := hex.Decode(id[:], []byte(plain)); err != nil {
		return [16]byte{}, notUUID(s)
	}
	return id, nil
}

// FormatUUID returns the form of 36 characters in lower case.
func FormatUUID(id [16]byte) string {
	h := hex.EncodeToString(id[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// UUIDv5 returns the UUID of version 5 (RFC 9562) of a name in a namespace: the
// same arguments give the same UUID for ever.
func UUIDv5(namespace [16]byte, name []byte) [16]byte {
	sum := sha1.Sum(append(namespace[:], name...))
	id := [16]byte(sum[:16])
	id[6] = id[6]&0x0f | 0x50
	id[8] = id[8]&0x3f | 0x80
	return id
}

// EventID returns the id of an event: UUIDv5 with the command id as namespace
// and the ordinal of the event within its command, in decimal, as name.
func EventID(commandID [16]byte, ordinal int) string {
	return FormatUUID(UUIDv5(commandID, []byte(strconv.Itoa(ordinal))))
}

func notUUID(s string) error {
	return domain.BadField("", "uuid", domain.Say(
		"“%s”不是 UUID，应为 36 个字符，如 0190163d-8694-739b-aea5-966c26f8ad91",
		"“%s” is not a UUID of 36 characters, such as 0190163d-8694-739b-aea5-966c26f8ad91", clip(s)))
}
