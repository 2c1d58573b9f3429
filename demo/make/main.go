// Command make writes the demonstration journal to standard output: the same
// bytes each time.
package main

import (
	"fmt"
	"os"
)

func main() {
	if _, err := os.Stdout.Write(compose()); err != nil {
		fmt.Fprintln(os.Stderr, "write the journal:", err)
		os.Exit(1)
	}
}
