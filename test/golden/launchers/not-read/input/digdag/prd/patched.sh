set -e
cp job.yaml /tmp/job.yaml
python patch.py /tmp/job.yaml "$1"
kubectl apply -f /tmp/job.yaml
