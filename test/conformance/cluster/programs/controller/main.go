// Command workflow-controller runs Argo's workflow-controller against one API server. Unlike the released command it
// listens nowhere, and elects no leader.
//
//	workflow-controller -kubeconfig FILE -namespace NAMESPACE [-cron-workers N]
//
// It ends when its standard input does. It reads the ConfigMap workflow-controller-configmap of its namespace.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	// Zones are those of this build where the machine has none.
	_ "time/tzdata"

	"github.com/argoproj/argo-workflows/v4/pkg/client/clientset/versioned"
	"github.com/argoproj/argo-workflows/v4/util/logging"
	"github.com/argoproj/argo-workflows/v4/workflow/common"
	"github.com/argoproj/argo-workflows/v4/workflow/controller"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	namespace := flag.String("namespace", "argo", "where its ConfigMap is")
	executor := flag.String("executor-image", "quay.io/argoproj/argoexec:v4.0.7", "image of the init and wait containers")
	cronWorkers := flag.Int("cron-workers", 0, "0: no schedule starts anything")
	flag.Parse()
	ctx := logging.WithLogger(context.Background(), logging.NewSlogLogger(logging.Info, logging.Text))
	if err := run(ctx, *kubeconfig, *namespace, *executor, *cronWorkers); err != nil {
		fmt.Fprintln(os.Stderr, "workflow-controller:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, kubeconfig, namespace, executor string, cronWorkers int) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	// The API server is here for this controller alone.
	config.QPS, config.Burst = 1000, 2000
	kubeclient, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	wfclient, err := versioned.NewForConfig(config)
	if err != nil {
		return err
	}
	c, err := controller.NewWorkflowController(
		ctx, config, kubeclient, wfclient, namespace, "", executor, "IfNotPresent", "json", common.ConfigMapName, false)
	if err != nil {
		return err
	}
	go c.Run(ctx, 4, 2, 2, cronWorkers, 2)
	// The one that started this program has ended, or wants it to end.
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}
