#!/bin/sh
load "$1" --days "$2"
