package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/robfig/cron/v3"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	wf "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	corev1 "k8s.io/api/core/v1"
)

type cronRequest struct {
	// Name of the CronWorkflow; it is part of the child's name.
	Name      string   `json:"name"`
	Schedules []string `json:"schedules"`
	Timezone  string   `json:"timezone"`
	// From is exclusive.
	From time.Time `json:"from"`
	N    int       `json:"n"`
	// ControllerTimezone is the zone of the controller's process (TZ).
	ControllerTimezone string `json:"controllerTimezone"`
}

type cronFire struct {
	ScheduledTime string `json:"scheduledTime"`
	Local         string `json:"local"`
	Workflow      string `json:"workflow"`
	Schedule      string `json:"schedule"`
	at            time.Time
}

type cronAnswer struct {
	Fires []cronFire `json:"fires"`
	Error string     `json:"error,omitempty"`
	Lint  struct {
		OK     bool     `json:"ok"`
		Errors []string `json:"errors"`
	} `json:"lint"`
}

// cronFires lists the next fires as the cron controller computes them (workflow/cron/operator.go), and what the linter
// says to the same CronWorkflow.
func cronFires(request cronRequest) cronAnswer {
	var answer cronAnswer
	object := cronWorkflow(request)
	manifest, err := yaml.Marshal(object)
	if err != nil {
		fail(err)
	}
	linted := lintManifest(lintRequest{Manifest: string(manifest), Namespace: "argo"})
	answer.Lint.OK, answer.Lint.Errors = linted.OK, linted.Errors

	zone, err := time.LoadLocation(request.ControllerTimezone)
	if err != nil {
		return cronAnswer{Error: err.Error()}
	}
	time.Local = zone
	if answer.Fires, err = nextFires(object, request.From.In(time.Local), request.N); err != nil {
		answer.Fires, answer.Error = nil, err.Error()
	}
	return answer
}

func cronWorkflow(request cronRequest) *wfv1.CronWorkflow {
	return &wfv1.CronWorkflow{
		TypeMeta:   metav1.TypeMeta{APIVersion: wf.APIVersion, Kind: wf.CronWorkflowKind},
		ObjectMeta: metav1.ObjectMeta{Name: request.Name, Namespace: "argo"},
		Spec: wfv1.CronWorkflowSpec{
			Schedules: request.Schedules,
			Timezone:  request.Timezone,
			WorkflowSpec: wfv1.WorkflowSpec{
				Entrypoint: "main",
				Templates:  []wfv1.Template{{Name: "main", Container: &corev1.Container{Image: "alpine", Command: []string{"true"}}}},
			},
		},
	}
}

func nextFires(object *wfv1.CronWorkflow, from time.Time, n int) ([]cronFire, error) {
	fires := []cronFire{}
	for _, text := range object.Spec.GetSchedulesWithTimezone() {
		schedule, err := cron.ParseStandard(text)
		if err != nil {
			return nil, fmt.Errorf("%s: schedule %q: %w", object.Name, text, err)
		}
		at := from
		for range n {
			// The zero time: the library found nothing within five years.
			if at = schedule.Next(at); at.IsZero() {
				break
			}
			fires = append(fires, describeFire(object, text, at))
		}
	}
	slices.SortStableFunc(fires, func(a, b cronFire) int { return a.at.Compare(b.at) })
	return fires[:min(n, len(fires))], nil
}

func describeFire(object *wfv1.CronWorkflow, schedule string, at time.Time) cronFire {
	fire := cronFire{
		ScheduledTime: at.Format(time.RFC3339),
		Workflow:      fmt.Sprintf("%s-%d", object.Name, at.Unix()),
		Schedule:      schedule,
		at:            at,
	}
	if zone, err := time.LoadLocation(object.Spec.Timezone); err == nil && object.Spec.Timezone != "" {
		fire.Local = at.In(zone).Format("2006-01-02T15:04:05 Mon MST")
	}
	return fire
}
