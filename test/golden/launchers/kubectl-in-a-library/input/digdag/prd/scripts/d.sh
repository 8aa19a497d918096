#!/bin/sh
set -e
. ./scripts/common.sh
JOB=$1
DATE=$2
MODE=${3-full}
SUFFIX=`echo $DATE | sed "s/-//g"`-$(basename $(dirname $(dirname $(readlink -f "$0"))))
export DATE MODE SUFFIX
cat ../../k8s/$env/$JOB.yaml | envsubst > /tmp/$$.yaml
run_and_wait /tmp/$$.yaml "$JOB-$SUFFIX"
