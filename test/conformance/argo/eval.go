package main

import (
	"encoding/json"

	"github.com/argoproj/argo-workflows/v4/util/template"
)

type evalRequest struct {
	Template        string            `json:"template"`
	Params          map[string]string `json:"params"`
	AllowUnresolved bool              `json:"allowUnresolved"`
}

type evalAnswer struct {
	Result *string `json:"result,omitempty"`
	Error  string  `json:"error,omitempty"`
}

// eval substitutes tags in a text as the controller does: on the JSON of the text.
func eval(request evalRequest) evalAnswer {
	result, err := substitute(request.Template, request.Params, request.AllowUnresolved)
	if err != nil {
		return evalAnswer{Error: err.Error()}
	}
	return evalAnswer{Result: &result}
}

func substitute(text string, params map[string]string, allowUnresolved bool) (string, error) {
	encoded, err := json.Marshal(text)
	if err != nil {
		return "", err
	}
	replaced, err := template.Replace(quietContext(), string(encoded), template.ToAnyMap(params), allowUnresolved)
	if err != nil {
		return "", err
	}
	var result string
	err = json.Unmarshal([]byte(replaced), &result)
	return result, err
}
