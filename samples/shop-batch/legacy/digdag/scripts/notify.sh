#!/bin/bash
# notify.sh LEVEL TEXT : チャンネルを env とレベルから決める版。LEVEL は info か error
set -eu
case "$1" in
  error)
    channel="#batch-alert-$env"
    icon=":rotating_light:"
    ;;
  *)
    channel="#batch-$env"
    icon=":white_check_mark:"
    ;;
esac
curl -sf -X POST -H 'Content-Type: application/json' \
  -d "{\"channel\": \"$channel\", \"text\": \"$icon $2\"}" "$SLACK_WEBHOOK_URL"
