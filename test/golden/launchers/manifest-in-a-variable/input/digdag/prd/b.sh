#!/bin/bash
set -e
Y=$(curl -sf https://h/$env/$1.yaml)
Y=${Y//__DATE__/$2}
Y="${Y//__SUFFIX__/${2//-/}}"
Y=${Y//__MODE__/full}
kubectl --context c-$env apply -f - <<< "$Y"
kubectl --context c-$env -n jobs wait --for=condition=complete --timeout=1h job/j-${2//-/}
