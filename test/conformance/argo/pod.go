package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	argointstr "github.com/argoproj/argo-workflows/v4/util/intstr"
	"github.com/argoproj/argo-workflows/v4/util/template"
	"github.com/argoproj/argo-workflows/v4/workflow/common"
	"github.com/argoproj/argo-workflows/v4/workflow/util"
)

type podAnswer struct {
	Template *wfv1.Template `json:"template,omitempty"`
	Pod      *corev1.Pod    `json:"pod,omitempty"`
	Error    string         `json:"error,omitempty"`
}

// podOfTemplate gives the pod of a template without what Argo adds to every pod. Substitution and podSpecPatch are Argo's own; that
// each field of the template goes where it goes follows createWorkflowPod (workflow/controller/workflowpod.go), which needs a cluster.
func podOfTemplate(request tmplRequest) podAnswer {
	processed := processTemplate(request)
	if processed.Error != "" {
		return podAnswer{Error: processed.Error}
	}
	spec, err := workflowSpec([]byte(request.Manifest))
	if err != nil {
		return podAnswer{Error: err.Error()}
	}
	globals := globalsOf(spec, request)
	pod, err := assemble(processed.Output, spec)
	if err == nil {
		pod, err = lastSubstitution(pod, processed.Output, globals)
	}
	if err == nil {
		err = patchPod(pod, processed.Output, spec, globals)
	}
	if err != nil {
		return podAnswer{Error: err.Error()}
	}
	return podAnswer{Template: processed.Output, Pod: pod}
}

func globalsOf(spec *wfv1.WorkflowSpec, request tmplRequest) common.Parameters {
	globals := common.Parameters{}
	for _, parameter := range spec.Arguments.Parameters {
		if parameter.Value != nil {
			globals["workflow.parameters."+parameter.Name] = parameter.Value.String()
		}
	}
	maps.Copy(globals, request.Globals)
	return globals
}

func assemble(tmpl *wfv1.Template, wf *wfv1.WorkflowSpec) (*corev1.Pod, error) {
	deadline, err := argointstr.Int64(tmpl.ActiveDeadlineSeconds)
	if err != nil {
		return nil, err
	}
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Labels: map[string]string{}, Annotations: map[string]string{}},
		Spec: corev1.PodSpec{
			RestartPolicy:         corev1.RestartPolicyNever,
			ActiveDeadlineSeconds: deadline,
			ImagePullSecrets:      wf.ImagePullSecrets,
			DNSConfig:             wf.DNSConfig,
			HostAliases:           slices.Concat(wf.HostAliases, tmpl.HostAliases),
			NodeSelector:          tmpl.NodeSelector,
			Affinity:              cmp.Or(tmpl.Affinity, wf.Affinity),
			Tolerations:           tmpl.Tolerations,
			SchedulerName:         cmp.Or(tmpl.SchedulerName, wf.SchedulerName),
			PriorityClassName:     cmp.Or(tmpl.PriorityClassName, wf.PodPriorityClassName),
			SecurityContext:       cmp.Or(tmpl.SecurityContext, wf.SecurityContext),
			ServiceAccountName:    cmp.Or(tmpl.ServiceAccountName, wf.ServiceAccountName),
			Volumes:               tmpl.Volumes,
		},
	}
	if len(pod.Spec.NodeSelector) == 0 {
		pod.Spec.NodeSelector = wf.NodeSelector
	}
	if len(pod.Spec.Tolerations) == 0 {
		pod.Spec.Tolerations = wf.Tolerations
	}
	if wf.HostNetwork != nil {
		pod.Spec.HostNetwork = *wf.HostNetwork
	}
	if wf.DNSPolicy != nil {
		pod.Spec.DNSPolicy = *wf.DNSPolicy
	}
	if token := tmpl.AutomountServiceAccountToken; token != nil && !*token {
		if tmpl.Executor == nil || tmpl.Executor.ServiceAccountName == "" {
			return nil, fmt.Errorf("executor.serviceAccountName must not be empty if automountServiceAccountToken is false")
		}
		pod.Spec.AutomountServiceAccountToken = token
	}
	if wf.PodMetadata != nil {
		maps.Copy(pod.Labels, wf.PodMetadata.Labels)
		maps.Copy(pod.Annotations, wf.PodMetadata.Annotations)
	}
	maps.Copy(pod.Labels, tmpl.Metadata.Labels)
	maps.Copy(pod.Annotations, tmpl.Metadata.Annotations)
	addContainers(&pod.Spec, tmpl)
	return pod, nil
}

func addContainers(spec *corev1.PodSpec, tmpl *wfv1.Template) {
	switch {
	case tmpl.Container != nil:
		main := *tmpl.Container
		main.Name = common.MainContainerName
		spec.Containers = append(spec.Containers, main)
	case tmpl.Script != nil:
		main := tmpl.Script.Container
		main.Name = common.MainContainerName
		spec.Containers = append(spec.Containers, main)
	case tmpl.ContainerSet != nil:
		spec.Containers = append(spec.Containers, tmpl.ContainerSet.GetContainers()...)
	}
	for _, container := range tmpl.InitContainers {
		spec.InitContainers = append(spec.InitContainers, container.Container)
	}
	for _, container := range tmpl.Sidecars {
		spec.Containers = append(spec.Containers, container.Container)
	}
}

// lastSubstitution replaces once more in the whole pod (substitutePodParams).
func lastSubstitution(pod *corev1.Pod, tmpl *wfv1.Template, globals common.Parameters) (*corev1.Pod, error) {
	params := globals.DeepCopy()
	for _, input := range tmpl.Inputs.Parameters {
		params["inputs.parameters."+input.Name] = input.Value.String()
	}
	text, err := json.Marshal(pod)
	if err != nil {
		return nil, err
	}
	replaced, err := template.Replace(quietContext(), string(text), template.ToAnyMap(params), true)
	if err != nil {
		return nil, err
	}
	var result corev1.Pod
	return &result, json.Unmarshal([]byte(replaced), &result)
}

// patchPod applies the patches of workflow and template (processPodSpecPatch).
func patchPod(pod *corev1.Pod, tmpl *wfv1.Template, wf *wfv1.WorkflowSpec, globals common.Parameters) error {
	patches := []string{}
	for _, patch := range []string{wf.PodSpecPatch, tmpl.PodSpecPatch} {
		if patch == "" {
			continue
		}
		copied := tmpl.DeepCopy()
		copied.PodSpecPatch = patch
		processed, err := common.ProcessArgs(quietContext(), copied, &wfv1.Arguments{}, globals, common.Parameters{}, false, "argo", nil)
		if err != nil {
			return err
		}
		patches = append(patches, processed.PodSpecPatch)
	}
	if len(patches) == 0 {
		return nil
	}
	spec, err := util.ApplyPodSpecPatch(pod.Spec, patches...)
	if err != nil {
		return err
	}
	pod.Spec = *spec
	return nil
}
