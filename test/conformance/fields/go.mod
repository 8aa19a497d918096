module dig2argo/conformance/fields

go 1.26.0
