package jetstream

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"minglu/eventstore"
)

const keySize = 32

// ErrKEK says that the keys are wrapped by another key-encryption key than the
// one given.
var ErrKEK = errors.New("this is not the key-encryption key of these keys")

// KEK is the key-encryption key: it wraps the keys of persons and comes from
// outside the data directory, so that neither a disk nor a backup of the keys'
// stream reads anything by itself. It prints as nothing.
type KEK struct{ aead cipher.AEAD }

// String says only whether there is a key.
func (k KEK) String() string {
	if k.aead == nil {
		return "none"
	}
	return "set"
}

// NewKEK returns the key-encryption key of 32 bytes.
func NewKEK(key []byte) (KEK, error) {
	if len(key) != keySize {
		return KEK{}, fmt.Errorf("a key-encryption key has %d bytes, not %d", keySize, len(key))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return KEK{}, err
	}
	aead, err := cipher.NewGCM(block)
	return KEK{aead}, err
}

// LoadKEK reads a key-encryption key from a file: 32 bytes in base64. Where the
// file is missing and create is set, it is made with a random key, readable by
// its owner only, and is on disk when LoadKEK returns.
func LoadKEK(path string, create bool) (KEK, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && create {
		b, err = createKEK(path)
	}
	if err != nil {
		return KEK{}, fmt.Errorf("key-encryption key: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(b)))
	if err != nil {
		return KEK{}, fmt.Errorf("key-encryption key in %s is not base64", path)
	}
	return NewKEK(key)
}

// createKEK fails where the file has come to be meanwhile.
func createKEK(path string) ([]byte, error) {
	key := make([]byte, keySize)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	b := append([]byte(base64.StdEncoding.EncodeToString(key)), '\n')
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(b)
	return b, errors.Join(err, f.Sync(), f.Close())
}

func (k KEK) wrap(person string, key []byte) ([]byte, error) {
	nonce := make([]byte, k.aead.NonceSize(), k.aead.NonceSize()+keySize+k.aead.Overhead())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return k.aead.Seal(nonce, nonce, key, []byte(person)), nil
}

func (k KEK) unwrap(person string, box []byte) ([]byte, error) {
	n := k.aead.NonceSize()
	if len(box) < n {
		return nil, ErrKEK
	}
	key, err := k.aead.Open(nil, box[:n], box[n:], []byte(person))
	if err != nil {
		return nil, ErrKEK
	}
	return key, nil
}

// Keys keeps the keys of persons in a stream of their own beside the log: one
// subject a person, the wrapped key as its one message. The one who is erased
// has an empty message instead, so that no key is ever made again, and the
// message of the key is overwritten. An SSD, the free blocks of a disk and
// backups may keep older copies of the wrapped key: hence the wrapping, and the
// short life of backups of this stream.
type Keys struct {
	store *Store
	kek   KEK
	ahead ahead
	client
}

var _ eventstore.Keys = (*Keys)(nil)

// keysName is the name of the stream of persons' keys.
func (s *Store) keysName() string { return s.cfg.StreamName + "_KEYS" }

// kekCheck is the subject of a value that only the right KEK opens, and personOf
// the subject of a person; they never meet.
const kekCheck = "check"

func (k *Keys) personOf(person string) (string, error) {
	name := "person." + person
	if err := eventstore.CheckStream(name); err != nil {
		return "", fmt.Errorf("reference of a person: %w", err)
	}
	return k.subject(name), nil
}

// Keys returns the keys that lie beside the log, wrapped by kek: ErrKEK where
// they are wrapped by another. They live as long as s.
func (s *Store) Keys(ctx context.Context, kek KEK) (*Keys, error) {
	if kek.aead == nil {
		return nil, errors.New("keys need a key-encryption key")
	}
	k := &Keys{store: s, kek: kek, client: s.clientOf(s.keysName())}
	subject := k.subject(kekCheck)
	for {
		seq, box, err := k.newest(ctx, subject)
		if err != nil {
			return nil, fmt.Errorf("check the key-encryption key: %w", err)
		}
		if seq > 0 {
			_, err := kek.unwrap(kekCheck, box)
			return k, err
		}
		if box, err = kek.wrap(kekCheck, make([]byte, keySize)); err != nil {
			return nil, err
		}
		if err := k.put(subject, 0, box); err != nil && !errors.Is(err, eventstore.ErrConflict) {
			return nil, fmt.Errorf("check the key-encryption key: %w", err)
		}
	}
}

// Get returns the key of a person; the stream's leader is asked, so that one
// that was destroyed is not found elsewhere.
func (k *Keys) Get(ctx context.Context, person string) ([]byte, error) {
	subject, err := k.personOf(person)
	if err != nil {
		return nil, err
	}
	key, _, err := k.lookUp(ctx, subject, person)
	return key, err
}

func (k *Keys) lookUp(ctx context.Context, subject, person string) (key []byte, seq uint64, err error) {
	if err := k.store.usable(ctx); err != nil {
		return nil, 0, err
	}
	seq, box, err := k.newest(ctx, subject)
	switch {
	case err != nil:
		return nil, 0, err
	case seq == 0:
		return nil, 0, eventstore.ErrNoKey
	case len(box) == 0:
		return nil, seq, eventstore.ErrDestroyed
	}
	key, err = k.kek.unwrap(person, box)
	return key, seq, err
}

// Create returns the key of a person, new where there was none. It is durable
// when Create returns.
func (k *Keys) Create(ctx context.Context, person string) ([]byte, error) {
	subject, err := k.personOf(person)
	if err != nil {
		return nil, err
	}
	for {
		key, _, err := k.lookUp(ctx, subject, person)
		if !errors.Is(err, eventstore.ErrNoKey) {
			return key, err
		}
		key = make([]byte, keySize)
		if _, err := rand.Read(key); err != nil {
			return nil, err
		}
		box, err := k.kek.wrap(person, key)
		if err != nil {
			return nil, err
		}
		switch err := k.put(subject, 0, box); {
		case err == nil:
			return key, nil
		case !errors.Is(err, eventstore.ErrConflict):
			return nil, fmt.Errorf("create a key: %w", err)
		}
	}
}

// Destroy makes the key of a person unreadable for ever; for a person without
// one, none can be made any more. It may be asked again, and finishes what was
// broken off.
func (k *Keys) Destroy(ctx context.Context, person string) error {
	subject, err := k.personOf(person)
	if err != nil {
		return err
	}
	for {
		_, seq, err := k.lookUp(ctx, subject, person)
		if errors.Is(err, eventstore.ErrDestroyed) {
			return k.overwrite(ctx, subject, seq)
		}
		if err != nil && !errors.Is(err, eventstore.ErrNoKey) && !errors.Is(err, ErrKEK) {
			return err
		}
		if err := k.put(subject, seq, nil); err != nil && !errors.Is(err, eventstore.ErrConflict) {
			return fmt.Errorf("destroy a key: %w", err)
		}
	}
}

// overwrite has the server overwrite every message of subject before position
// last.
func (k *Keys) overwrite(ctx context.Context, subject string, last uint64) error {
	msgs, _, err := k.page(ctx, subject, 1)
	if err != nil {
		return fmt.Errorf("destroy a key: %w", err)
	}
	for _, m := range msgs {
		seq, err := position(m)
		if err != nil {
			return err
		}
		if seq >= last {
			continue
		}
		var done struct{}
		// Without no_erase the bytes are overwritten.
		err = k.api(ctx, "STREAM.MSG.DELETE."+k.stream, getRequest{Seq: seq}, &done)
		if a, is := errors.AsType[*apiError](err); is && a.ErrCode == codeGone {
			continue // another call was faster
		}
		if err != nil {
			return fmt.Errorf("overwrite a key: %w", err)
		}
	}
	return nil
}

// put writes a message of subject, whose newest is to be at position last.
func (k *Keys) put(subject string, last uint64, data []byte) error {
	_, err := k.await(k.send(&nats.Msg{Subject: subject, Data: data,
		Header: nats.Header{jetstream.ExpectedLastSubjSeqHeader: {strconv.FormatUint(last, 10)}}}))
	return err
}
