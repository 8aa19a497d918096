// Command argo-oracle asks Argo Workflows' own packages what Argo does with an input.
//
//	argo-oracle lint [--namespace NS] [--deep] FILE|DIR...   one JSON document
//	argo-oracle lint --stream                                {"manifest", "namespace", "deep"} per line
//	argo-oracle eval | when | cron | tmpl | pod | podpatch   one JSON request per line in, one answer per line out
//	argo-oracle fields                                       the fields of a Job that Argo's packages know
//
// The exit code is 1 when lint finds an error, 2 when the program itself cannot work; answers with an `error` are answers.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	// Schedules are computed in the zone rules of this build where the machine has none.
	_ "time/tzdata"

	"github.com/argoproj/argo-workflows/v4/util/logging"
)

func main() {
	if len(os.Args) < 2 {
		fail(errors.New("usage: argo-oracle lint|eval|when|cron|tmpl|pod|podpatch|fields"))
	}
	commands := map[string]func(args []string) error{
		"lint":     lintCommand,
		"eval":     streamOf(eval),
		"when":     streamOf(when),
		"cron":     streamOf(cronFires),
		"tmpl":     streamOf(processTemplate),
		"podpatch": streamOf(podPatch),
		"pod":      streamOf(podOfTemplate),
		"fields":   fieldsCommand,
	}
	command, ok := commands[os.Args[1]]
	if !ok {
		fail(fmt.Errorf("unknown command %q", os.Args[1]))
	}
	if err := command(os.Args[2:]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "argo-oracle:", err)
	os.Exit(2)
}

// streamOf answers every JSON value on stdin with one line on stdout.
func streamOf[Request, Answer any](answer func(Request) Answer) func([]string) error {
	return func([]string) error {
		decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
		output := bufio.NewWriter(os.Stdout)
		for {
			var request Request
			if err := decoder.Decode(&request); errors.Is(err, io.EOF) {
				return output.Flush()
			} else if err != nil {
				return err
			}
			if err := writeJSON(output, answer(request)); err != nil {
				return err
			}
		}
	}
}

func writeJSON(to io.Writer, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// quietContext carries the logger that Argo's functions demand; what matters is in their results.
func quietContext() context.Context {
	return logging.WithLogger(context.Background(), logging.NewSlogLoggerCustom(logging.Error, logging.Text, io.Discard))
}
