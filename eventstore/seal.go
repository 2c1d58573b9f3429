package eventstore

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"

	"minglu/domain"
)

const saltSize = 32

// ErrForged says that a sealed value does not open to what it commits to.
var ErrForged = errors.New("the sealed value was altered")

// Seal seals a value under the key of a person, which is made at first use.
// The commitment is salted, and the salt is inside the box, so that without
// the key neither the value nor a guess at it can be checked.
func Seal(ctx context.Context, keys Keys, person, value string) (domain.Sealed, error) {
	key, err := keys.Create(ctx, person)
	if err != nil {
		return domain.Sealed{}, fmt.Errorf("key of a person: %w", err)
	}
	s, err := NewSealer(person, key)
	if err != nil {
		return domain.Sealed{}, err
	}
	return s.Seal(value)
}

// A Sealer seals values under the key of one person, which is at hand. The zero
// value has none.
type Sealer struct {
	person string
	aead   cipher.AEAD
}

// NewSealer returns the sealer of a person and their key.
func NewSealer(person string, key []byte) (Sealer, error) {
	aead, err := gcm(key)
	return Sealer{person, aead}, err
}

// Ready reports whether s has a key.
func (s Sealer) Ready() bool { return s.aead != nil }

// Seal seals a value; see the function Seal.
func (s Sealer) Seal(value string) (domain.Sealed, error) {
	random := make([]byte, saltSize+s.aead.NonceSize(), saltSize+s.aead.NonceSize()+saltSize+len(value)+s.aead.Overhead())
	if _, err := rand.Read(random); err != nil {
		return domain.Sealed{}, err
	}
	salt, nonce := random[:saltSize], random[saltSize:]
	out := domain.Sealed{Person: s.person, Commit: commit(salt, value)}
	box := s.aead.Seal(nonce, nonce, append(salt[:saltSize:saltSize], value...), []byte(out.Person+out.Commit))
	out.Box = base64.StdEncoding.EncodeToString(box)
	return out, nil
}

// Unseal opens a sealed value: ErrDestroyed where it was erased, ErrForged
// where it is not what was sealed.
func Unseal(ctx context.Context, keys Keys, s domain.Sealed) (string, error) {
	key, err := keys.Get(ctx, s.Person)
	if err != nil {
		return "", fmt.Errorf("key of a person: %w", err)
	}
	aead, err := gcm(key)
	if err != nil {
		return "", err
	}
	box, err := base64.StdEncoding.DecodeString(s.Box)
	if err != nil || len(box) < aead.NonceSize() {
		return "", ErrForged
	}
	plain, err := aead.Open(nil, box[:aead.NonceSize()], box[aead.NonceSize():], []byte(s.Person+s.Commit))
	if err != nil || len(plain) < saltSize {
		return "", ErrForged
	}
	value := string(plain[saltSize:])
	if subtle.ConstantTimeCompare([]byte(commit(plain[:saltSize], value)), []byte(s.Commit)) != 1 {
		return "", ErrForged
	}
	return value, nil
}

func commit(salt []byte, value string) string {
	h := sha256.New()
	h.Write([]byte{2})
	h.Write(salt)
	h.Write([]byte(value))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
