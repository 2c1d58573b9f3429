package audit

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"minglu/proof"
)

// NameOf returns the name of the register that the key file is of, or where
// there is none the file of checkpoints; it is empty where neither is there, or
// says so. Nothing is verified: Open is to be given the name, and does.
func NameOf(keyFile, checkpointFile string) (string, error) {
	for _, path := range []string{keyFile, checkpointFile} {
		line, err := firstLine(path)
		if err != nil {
			return "", err
		}
		origin, _, _ := strings.Cut(strings.TrimPrefix(line, secretPrefix), "+")
		if name, ok := proof.NameOf(origin); ok {
			return name, nil
		}
	}
	return "", nil
}

// firstLine is nothing where there is no file.
func firstLine(path string) (line string, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	line, err = bufio.NewReader(io.LimitReader(f, proof.MaxNote)).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimSuffix(line, "\n"), err
}
