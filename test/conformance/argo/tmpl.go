package main

import (
	"fmt"

	"sigs.k8s.io/yaml"

	wf "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v4/workflow/common"
)

type tmplRequest struct {
	Manifest string `json:"manifest"`
	Template string `json:"template"`
	// Globals are the workflow.* variables; they win over the values in spec.arguments.
	Globals map[string]string `json:"globals"`
	// Args are what the calling step passes.
	Args map[string]string `json:"args"`
}

type tmplAnswer struct {
	Output *wfv1.Template `json:"output,omitempty"`
	Error  string         `json:"error,omitempty"`
}

// processTemplate gives a template as the controller has it before it makes the pod.
func processTemplate(request tmplRequest) tmplAnswer {
	spec, err := workflowSpec([]byte(request.Manifest))
	if err != nil {
		return tmplAnswer{Error: err.Error()}
	}
	globals := globalsOf(spec, request)
	args := wfv1.Arguments{}
	for name, value := range request.Args {
		args.Parameters = append(args.Parameters, wfv1.Parameter{Name: name, Value: wfv1.AnyStringPtr(value)})
	}
	ctx := quietContext()
	for i := range spec.Templates {
		if spec.Templates[i].Name != request.Template {
			continue
		}
		output, err := common.ProcessArgs(ctx, &spec.Templates[i], &args, globals, common.Parameters{}, false, "argo", nil)
		if err != nil {
			return tmplAnswer{Error: err.Error()}
		}
		return tmplAnswer{Output: output}
	}
	return tmplAnswer{Error: fmt.Sprintf("no template %q", request.Template)}
}

func workflowSpec(manifest []byte) (*wfv1.WorkflowSpec, error) {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := yaml.Unmarshal(manifest, &head); err != nil {
		return nil, err
	}
	if head.Kind == wf.CronWorkflowKind {
		var object wfv1.CronWorkflow
		err := yaml.Unmarshal(manifest, &object)
		return &object.Spec.WorkflowSpec, err
	}
	// Workflow and WorkflowTemplate have their spec in the same place.
	var object wfv1.Workflow
	err := yaml.Unmarshal(manifest, &object)
	return &object.Spec, err
}
