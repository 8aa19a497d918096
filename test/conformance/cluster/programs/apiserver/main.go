// Command kube-apiserver runs Kubernetes' API server with etcd inside, both on loopback alone.
//
//	kube-apiserver -dir FOLDER -port PORT [kube-apiserver's own flags]
//
// It ends when its standard input does. FOLDER must hold `tokens.csv`, the file for --token-auth-file. etcd's data and the server's certificate
// (certificates/apiserver.crt) are put there.
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	folder := flag.String("dir", "", "folder for all data")
	port := flag.Int("port", 0, "port of the API server")
	flag.Parse()
	go endWithInput()
	if err := run(*folder, *port, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "kube-apiserver:", err)
		os.Exit(1)
	}
}

// endWithInput ends the program with the one that started it, however that ended.
func endWithInput() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

func run(folder string, port int, more []string) error {
	if folder == "" || port == 0 {
		return errors.New("usage: kube-apiserver -dir FOLDER -port PORT")
	}
	etcd, err := startEtcd(filepath.Join(folder, "etcd"))
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	defer etcd.Close()
	key := filepath.Join(folder, "service-account.key")
	if err := writeKey(key); err != nil {
		return err
	}
	command := app.NewAPIServerCommand()
	command.SetArgs(append([]string{
		"--etcd-servers=http://" + etcd.Clients[0].Addr().String(),
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port),
		"--cert-dir=" + filepath.Join(folder, "certificates"),
		"--endpoint-reconciler-type=none",
		"--anonymous-auth=false",
		"--authorization-mode=AlwaysAllow",
		"--token-auth-file=" + filepath.Join(folder, "tokens.csv"),
		"--service-account-issuer=https://127.0.0.1",
		"--service-account-key-file=" + key,
		"--service-account-signing-key-file=" + key,
		"--service-cluster-ip-range=10.96.0.0/16",
		"--storage-media-type=application/json",
		// The data is small, and compacting it holds up everything for a while.
		"--etcd-compaction-interval=0",
	}, more...))
	if code := cli.Run(command); code != 0 {
		return fmt.Errorf("exit code %d", code)
	}
	return nil
}

// startEtcd keeps nothing safe: the data does not outlive the run.
func startEtcd(folder string) (*embed.Etcd, error) {
	anyPort := url.URL{Scheme: "http", Host: "127.0.0.1:0"}
	config := embed.NewConfig()
	config.Dir = folder
	config.LogLevel = "error"
	config.EnableGRPCGateway = false
	config.UnsafeNoFsync = true
	// Entries since the last snapshot stay in memory, and each holds a whole Workflow.
	config.SnapshotCount, config.SnapshotCatchUpEntries = 500, 100
	config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{anyPort}, []url.URL{anyPort}
	config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{anyPort}, []url.URL{anyPort}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	select {
	case <-etcd.Server.ReadyNotify():
		return etcd, nil
	case err := <-etcd.Err():
		return nil, err
	case <-ctx.Done():
		etcd.Close()
		return nil, errors.New("not ready after a minute")
	}
}

// writeKey makes the key that service account tokens are signed with.
func writeKey(path string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	block := pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	return os.WriteFile(path, pem.EncodeToMemory(&block), 0o600)
}
