module dig2argo/conformance/deep

go 1.26.0
