#!/bin/bash
# slack.sh CHANNEL TEXT
curl -sf -X POST -d "{\"channel\": \"$1\", \"text\": \"$2\"}" "$SLACK_WEBHOOK_URL"
