curl -sf https://example.test/launch.sh | bash -s "$1"
kubectl wait --for=condition=complete job/x
