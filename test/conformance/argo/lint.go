package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/argoproj/argo-workflows/v4/cmd/argo/lint"
	"github.com/argoproj/argo-workflows/v4/pkg/apiclient"
	wf "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
	"github.com/argoproj/argo-workflows/v4/util/file"
	"github.com/argoproj/argo-workflows/v4/workflow/common"
)

type lintAnswer struct {
	OK     bool     `json:"ok"`
	Linted bool     `json:"linted"`
	Errors []string `json:"errors"`
	// Objects are those that the linter saw, in file order; an object that it skipped is missing here.
	Objects []lintObject  `json:"objects"`
	Deep    []deepFinding `json:"deep,omitempty"`
	// Unchecked are the kinds that the deep check knows no Go type for.
	Unchecked []string `json:"unchecked,omitempty"`
}

type lintObject struct {
	File      string   `json:"file"`
	Kind      string   `json:"kind"`
	Namespace string   `json:"namespace"`
	Name      string   `json:"name"`
	OK        bool     `json:"ok"`
	Errors    []string `json:"errors"`
}

func lintCommand(args []string) error {
	flags := flag.NewFlagSet("lint", flag.ExitOnError)
	namespace := flags.String("namespace", "default", "namespace of objects that name none")
	deep := flags.Bool("deep", false, "also list the fields that decoding loses")
	stream := flags.Bool("stream", false, "lint the manifests given on stdin, one JSON object each")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *stream {
		return streamOf(lintManifest)(nil)
	}
	if flags.NArg() == 0 {
		return fmt.Errorf("lint: no file given")
	}
	answer := lintFiles(flags.Args(), *namespace, *deep)
	if err := writeJSON(os.Stdout, answer); err != nil {
		return err
	}
	if !answer.OK {
		os.Exit(1)
	}
	return nil
}

type lintRequest struct {
	Manifest  string `json:"manifest"`
	Namespace string `json:"namespace"`
	Deep      bool   `json:"deep"`
}

// lintManifest lints a text as the file manifest.yaml of an empty working directory.
func lintManifest(request lintRequest) lintAnswer {
	dir, err := os.MkdirTemp("", "argo-oracle-")
	if err != nil {
		fail(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chdir(dir); err != nil {
		fail(err)
	}
	defer func() { _ = os.Chdir(os.TempDir()) }()
	if err := os.WriteFile("manifest.yaml", []byte(request.Manifest), 0o600); err != nil {
		fail(err)
	}
	return lintFiles([]string{"manifest.yaml"}, request.Namespace, request.Deep)
}

// lintFiles is what `argo lint --offline --strict` does (cmd/argo/commands/lint.go), with the results as data.
func lintFiles(files []string, namespace string, deep bool) lintAnswer {
	ctx := quietContext()
	answer := lintAnswer{Errors: []string{}, Objects: []lintObject{}}
	results, err := lintOffline(ctx, files, namespace)
	if err != nil {
		answer.Errors = append(answer.Errors, err.Error())
		answer.Linted = true
	} else {
		answer.OK = results.Success
		for _, result := range results.Results {
			answer.Linted = answer.Linted || result.Linted
			for _, found := range result.Errs {
				answer.Errors = append(answer.Errors, found.Error())
			}
		}
		answer.Objects = listObjects(ctx, files, namespace, answer.Errors)
	}
	if deep {
		answer.Deep, answer.Unchecked = deepFiles(ctx, files)
	}
	return answer
}

func lintOffline(ctx context.Context, files []string, namespace string) (*lint.LintResults, error) {
	ctx, client, err := apiclient.NewClientFromOptsWithContext(ctx, apiclient.Opts{Offline: true, OfflineFiles: files})
	if err != nil {
		return nil, err
	}
	clients := lint.ServiceClients{WorkflowsClient: client.NewWorkflowServiceClient(ctx)}
	if clients.WorkflowTemplatesClient, err = client.NewWorkflowTemplateServiceClient(); err != nil {
		return nil, err
	}
	if clients.CronWorkflowsClient, err = client.NewCronWorkflowServiceClient(); err != nil {
		return nil, err
	}
	if clients.ClusterWorkflowTemplateClient, err = client.NewClusterWorkflowTemplateServiceClient(); err != nil {
		return nil, err
	}
	return lint.Lint(ctx, &lint.LintOptions{
		Files:            files,
		Strict:           true,
		DefaultNamespace: namespace,
		ServiceClients:   clients,
	})
}

var lintedKinds = map[string]bool{
	wf.WorkflowKind: true, wf.CronWorkflowKind: true, wf.WorkflowTemplateKind: true, wf.ClusterWorkflowTemplateKind: true,
}

// listObjects gives each object the errors that name it.
func listObjects(ctx context.Context, files []string, namespace string, errs []string) []lintObject {
	objects := []lintObject{}
	for _, root := range files {
		err := file.WalkManifests(ctx, root, func(path string, data []byte) error {
			for _, parsed := range common.ParseObjects(ctx, data, false) {
				if parsed.Object == nil {
					continue
				}
				kind := kindOf(parsed.Object)
				if !lintedKinds[kind] {
					continue
				}
				object := lintObject{File: path, Kind: kind, Namespace: parsed.Object.GetNamespace(), Name: parsed.Object.GetName(), Errors: []string{}}
				if object.Namespace == "" {
					object.Namespace = namespace
				}
				for _, text := range errs {
					if strings.HasPrefix(text, fmt.Sprintf("in %q (%s): ", object.Name, kind)) {
						object.Errors = append(object.Errors, text)
					}
				}
				object.OK = len(object.Errors) == 0
				objects = append(objects, object)
			}
			return nil
		})
		if err != nil {
			fail(err)
		}
	}
	return objects
}
