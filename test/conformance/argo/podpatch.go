package main

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/argoproj/argo-workflows/v4/workflow/util"
)

type podPatchRequest struct {
	Spec corev1.PodSpec `json:"spec"`
	// Patches are texts (YAML or JSON) as in podSpecPatch, applied in order: workflow, then template.
	Patches []string `json:"patches"`
}

type podPatchAnswer struct {
	Spec  *corev1.PodSpec `json:"spec,omitempty"`
	Error string          `json:"error,omitempty"`
}

func podPatch(request podPatchRequest) podPatchAnswer {
	spec, err := util.ApplyPodSpecPatch(request.Spec, request.Patches...)
	if err != nil {
		return podPatchAnswer{Error: err.Error()}
	}
	return podPatchAnswer{Spec: spec}
}
