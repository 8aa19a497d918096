// Command kubernetes-fields prints the fields of a batch/v1 Job and of everything below it, by type, as one JSON object.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	batchv1 "k8s.io/api/batch/v1"

	"dig2argo/conformance/fields"
)

func main() {
	if err := json.NewEncoder(os.Stdout).Encode(fields.Below(reflect.TypeFor[batchv1.Job]())); err != nil {
		fmt.Fprintln(os.Stderr, "kubernetes-fields:", err)
		os.Exit(2)
	}
}
