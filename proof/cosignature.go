package proof

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// The types of keys, by c2sp.org/signed-note.
const (
	typeEd25519     = 0x01 // keys of logs
	typeCosignature = 0x04 // keys of witnesses: timestamped Ed25519
)

// timeSize is how many bytes of a cosignature tell its time.
const timeSize = 8

// NewVerifier reads a verifier key, name+hash+key, of a log or of a witness.
func NewVerifier(vkey string) (note.Verifier, error) {
	name, hash, key, err := parseKey(vkey)
	if err != nil {
		return nil, err
	}
	if key[0] != typeCosignature {
		return note.NewVerifier(vkey)
	}
	if len(key) != 1+ed25519.PublicKeySize || keyHash(name, key) != hash {
		return nil, fmt.Errorf("verifier key %q: the key does not fit its hash", vkey)
	}
	return witnessKey{name, hash, ed25519.PublicKey(key[1:])}, nil
}

func parseKey(s string) (name string, hash uint32, key []byte, err error) {
	bad := func() (string, uint32, []byte, error) {
		return "", 0, nil, fmt.Errorf("verifier key %q: want name+hash+key", s)
	}
	parts := strings.SplitN(s, "+", 3)
	if len(parts) != 3 || !isKeyName(parts[0]) || len(parts[1]) != 8 {
		return bad()
	}
	h, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil || strings.ToLower(parts[1]) != parts[1] {
		return bad()
	}
	key, err = decode64(parts[2])
	if err != nil || len(key) < 2 {
		return bad()
	}
	return parts[0], uint32(h), key, nil
}

func isKeyName(s string) bool {
	return s != "" && utf8.ValidString(s) && !strings.Contains(s, "+") && strings.IndexFunc(s, unicode.IsSpace) < 0
}

func keyHash(name string, key []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	return binary.BigEndian.Uint32(sum[:])
}

// witnessKey verifies cosignatures.
type witnessKey struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (k witnessKey) Name() string    { return k.name }
func (k witnessKey) KeyHash() uint32 { return k.hash }

func (k witnessKey) Verify(msg, sig []byte) bool {
	if len(sig) != timeSize+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(sig)
	return at <= math.MaxInt64 && ed25519.Verify(k.key, cosignedMessage(at, msg), sig[timeSize:])
}

// cosignedMessage is what a witness signs.
func cosignedMessage(at uint64, text []byte) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text)
}

// GenerateWitnessKey makes a key of a witness: its secret, and what verifies it.
func GenerateWitnessKey(rand io.Reader, name string) (skey, vkey string, err error) {
	if !isKeyName(name) {
		return "", "", fmt.Errorf("name of a witness %q: it has spaces or a plus, or is empty", name)
	}
	pub, priv, err := ed25519.GenerateKey(rand)
	if err != nil {
		return "", "", err
	}
	public := append([]byte{typeCosignature}, pub...)
	secret := append([]byte{typeCosignature}, priv.Seed()...)
	hash := fmt.Sprintf("%s+%08x+", name, keyHash(name, public))
	return secretPrefix + hash + base64.StdEncoding.EncodeToString(secret), hash + base64.StdEncoding.EncodeToString(public), nil
}

const secretPrefix = "PRIVATE+KEY+"

// NewCosigner returns a signer by the secret of a witness, all of whose
// signatures say that they were made at at.
func NewCosigner(skey string, at time.Time) (note.Signer, error) {
	rest, ok := strings.CutPrefix(skey, secretPrefix)
	name, hash, key, err := parseKey(rest)
	if !ok || err != nil || key[0] != typeCosignature || len(key) != 1+ed25519.SeedSize {
		return nil, errors.New("the secret is none of a witness")
	}
	if at.Unix() < 1 {
		return nil, fmt.Errorf("time of a cosignature %v: it is before 1970", at)
	}
	priv := ed25519.NewKeyFromSeed(key[1:])
	public := append([]byte{typeCosignature}, priv.Public().(ed25519.PublicKey)...)
	if keyHash(name, public) != hash {
		return nil, fmt.Errorf("the secret of witness %s does not fit its hash", name)
	}
	return cosigner{name, hash, priv, uint64(at.Unix())}, nil
}

type cosigner struct {
	name string
	hash uint32
	key  ed25519.PrivateKey
	at   uint64
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Sign(msg []byte) ([]byte, error) {
	return append(binary.BigEndian.AppendUint64(nil, c.at), ed25519.Sign(c.key, cosignedMessage(c.at, msg))...), nil
}

// Cosign returns the line by which signer, a witness, signs a checkpoint. It
// looks at no other signature: the caller has opened the checkpoint.
func Cosign(signed []byte, signer note.Signer) (line []byte, err error) {
	text, err := split(signed)
	if err != nil {
		return nil, err
	}
	n, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return nil, err
	}
	return n[len(text)+1:], nil
}

// Add puts lines of signatures, such as a witness answers with, behind those of
// a signed checkpoint. Which of them hold is seen by Open; one that is there
// already is not put again.
func Add(signed, lines []byte) ([]byte, error) {
	out := bytes.Clone(signed)
	for line := range bytes.Lines(lines) {
		if !bytes.Contains(out, append([]byte("\n"), line...)) {
			out = append(out, line...)
		}
	}
	if _, err := split(out); err != nil {
		return nil, err
	}
	return out, nil
}
