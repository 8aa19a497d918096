package main

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/yaml"

	"dig2argo/conformance/deep"

	wf "github.com/argoproj/argo-workflows/v3/pkg/apis/workflow"
	wfv1 "github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v3/util/file"
)

type deepFinding struct {
	File     string `json:"file"`
	Document int    `json:"document"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	deep.Finding
}

// The linter cuts a file here too, before it reads any YAML (workflow/common/parse.go).
var documentSeparator = regexp.MustCompile(`\n---`)

var deepOptions = deep.Options{
	Transparent: map[reflect.Type]reflect.Type{
		reflect.TypeOf(wfv1.ParallelSteps{}): reflect.TypeOf([]wfv1.WorkflowStep{}),
	},
	SameText: func(a, b string) bool {
		x, errX := resource.ParseQuantity(a)
		y, errY := resource.ParseQuantity(b)
		return errX == nil && errY == nil && x.Cmp(y) == 0
	},
}

// deepFiles decodes every document into its Go type and lists what got lost. A document that is no YAML is a finding:
// the linter passes over it in silence.
func deepFiles(files []string) (findings []deepFinding, unchecked []string) {
	for _, root := range files {
		err := file.WalkManifests(root, func(path string, data []byte) error {
			for i, text := range documentSeparator.Split(string(data), -1) {
				if strings.TrimSpace(text) == "" {
					continue
				}
				found, kind := deepDocument(path, i+1, text)
				findings = append(findings, found...)
				if kind != "" && !slices.Contains(unchecked, kind) {
					unchecked = append(unchecked, kind)
				}
			}
			return nil
		})
		if err != nil {
			fail(err)
		}
	}
	slices.Sort(unchecked)
	return findings, unchecked
}

func deepDocument(path string, number int, text string) (findings []deepFinding, unchecked string) {
	broken := func(err error) []deepFinding {
		return []deepFinding{{File: path, Document: number, Finding: deep.Finding{Reason: err.Error()}}}
	}
	document, err := yaml.YAMLToJSONStrict([]byte(text))
	if err != nil {
		return broken(err), ""
	}
	head := unstructured.Unstructured{}
	if err := yaml.Unmarshal(document, &head.Object); err != nil {
		return nil, "" // a scalar or a list
	}
	target, known := targetFor(head.GetAPIVersion(), head.GetKind())
	if !known {
		return nil, head.GetKind()
	}
	lost, err := deep.Check(document, target, deepOptions)
	if err != nil && lintedKinds[head.GetKind()] {
		return nil, "" // the linter itself refuses it
	}
	if err != nil {
		return broken(err), ""
	}
	for _, finding := range lost {
		findings = append(findings, deepFinding{File: path, Document: number, Kind: head.GetKind(), Name: head.GetName(), Finding: finding})
	}
	return findings, ""
}

// targetFor gives an empty object of the type that the linter (or, for built-in kinds, kubectl) decodes into.
func targetFor(apiVersion, kind string) (any, bool) {
	switch kind {
	case wf.WorkflowKind:
		return &wfv1.Workflow{}, true
	case wf.CronWorkflowKind:
		return &wfv1.CronWorkflow{}, true
	case wf.WorkflowTemplateKind:
		return &wfv1.WorkflowTemplate{}, true
	case wf.ClusterWorkflowTemplateKind:
		return &wfv1.ClusterWorkflowTemplate{}, true
	case wf.WorkflowEventBindingKind:
		return &wfv1.WorkflowEventBinding{}, true
	}
	if apiVersion == wf.APIVersion && kind != "" {
		return &metav1.ObjectMeta{}, true // what the linter takes for an Argo kind that it does not know
	}
	object, err := scheme.Scheme.New(schema.FromAPIVersionAndKind(apiVersion, kind))
	return object, err == nil
}

func kindOf(object metav1.Object) string {
	return strings.TrimPrefix(fmt.Sprintf("%T", object), "*v1alpha1.")
}
