#!/bin/bash
set -e
load "$session_date"
