// Command argo-oracle asks the packages of Argo Workflows 3.7 what its linter says.
//
//	argo-oracle lint [--namespace NS] [--deep] FILE|DIR...   one JSON document
//	argo-oracle lint --stream                                {"manifest", "namespace", "deep"} per line
//
// The exit code is 1 when lint finds an error, 2 when the program itself cannot work.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/sirupsen/logrus"
)

func main() {
	logrus.SetOutput(io.Discard)
	if len(os.Args) < 2 || os.Args[1] != "lint" {
		fail(errors.New("usage: argo-oracle lint"))
	}
	if err := lintCommand(os.Args[2:]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "argo-oracle:", err)
	os.Exit(2)
}

// lintStream answers every JSON value on stdin with one line on stdout.
func lintStream() error {
	decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	output := bufio.NewWriter(os.Stdout)
	for {
		var request lintRequest
		if err := decoder.Decode(&request); errors.Is(err, io.EOF) {
			return output.Flush()
		} else if err != nil {
			return err
		}
		if err := writeJSON(output, lintManifest(request)); err != nil {
			return err
		}
	}
}

func writeJSON(to io.Writer, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
