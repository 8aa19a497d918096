#!/bin/bash
curl -s -X POST -H 'Content-Type: application/json' -d "{\"text\": \"$1\"}" "$TEAMS_URL"
