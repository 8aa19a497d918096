package main

import (
	"os"
	"reflect"

	batchv1 "k8s.io/api/batch/v1"

	"dig2argo/conformance/fields"
)

// fieldsCommand prints the fields of a Job in the k8s.io/api that Argo links: it drops all others.
func fieldsCommand([]string) error {
	return writeJSON(os.Stdout, fields.Below(reflect.TypeFor[batchv1.Job]()))
}
