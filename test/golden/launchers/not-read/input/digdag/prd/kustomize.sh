kubectl apply -k ../../k8s/overlays/prd
