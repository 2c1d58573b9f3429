package audit

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"minglu/proof"
)

// keys are the key that signs and those that signed before.
type keys struct {
	signer  note.Signer
	public  []string // verifier keys, the present one first
	verify  []note.Verifier
	content []byte
}

// secretPrefix begins the secret of a note's key.
const secretPrefix = "PRIVATE+KEY+"

// newKeys makes a key of the given name, followed by those of before.
func newKeys(rand io.Reader, name string, before []string) (*keys, error) {
	secret, _, err := note.GenerateKey(rand, name)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return parseKeys([]byte(strings.Join(append([]string{secret}, before...), "\n")+"\n"), name)
}

// parseKeys reads a file of keys: the secret of the present one, then what
// verifies older ones, newest first, a line each.
func parseKeys(content []byte, name string) (*keys, error) {
	text, whole := strings.CutSuffix(string(content), "\n")
	lines := strings.Split(text, "\n")
	if !whole {
		return nil, errors.New("it is cut short")
	}
	signer, err := note.NewSigner(lines[0])
	if err != nil {
		return nil, fmt.Errorf("the first line is no secret of a note's key: %w", err)
	}
	public, err := publicOf(lines[0], signer)
	if err != nil {
		return nil, err
	}
	k := &keys{signer: signer, public: append([]string{public}, lines[1:]...), content: content}
	for i, p := range k.public {
		v, err := proof.NewVerifier(p)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if v.Name() != name {
			return nil, fmt.Errorf("line %d is a key of %s, not of %s", i+1, v.Name(), name)
		}
		k.verify = append(k.verify, v)
	}
	return k, nil
}

// publicOf returns the verifier key of a secret that NewSigner has taken.
func publicOf(secret string, s note.Signer) (string, error) {
	_, key, _ := strings.Cut(secret[len(secretPrefix)+len(s.Name())+1:], "+") // behind name and hash
	seed, err := base64.StdEncoding.DecodeString(key)
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return "", errors.New("the first line is no secret of Ed25519")
	}
	return note.NewEd25519VerifierKey(s.Name(), ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey))
}

// readKeys reads the file of keys; os.ErrNotExist where there is none.
func readKeys(path, name string) (*keys, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	k, err := parseKeys(content, name)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	return k, nil
}

// write makes the file of keys, or replaces it, in one piece and durably. Nobody
// but the owner can read it.
func (k *keys) write(path string) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*") // with mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write key file %s: %w", path, err), os.Remove(f.Name()))
		}
	}()
	_, err = io.Copy(f, bytes.NewReader(k.content))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
