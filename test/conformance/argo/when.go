package main

import (
	"fmt"
	"strings"

	"github.com/Knetic/govaluate"
)

type whenRequest struct {
	When   string            `json:"when"`
	Params map[string]string `json:"params"`
}

type whenAnswer struct {
	Substituted *string    `json:"substituted,omitempty"`
	Result      *bool      `json:"result,omitempty"`
	Error       *whenError `json:"error,omitempty"`
}

type whenError struct {
	Stage   string `json:"stage"`
	Message string `json:"message"`
}

// when substitutes a step's condition strictly and evaluates it.
func when(request whenRequest) whenAnswer {
	substituted, err := substitute(request.When, request.Params, false)
	if err != nil {
		return whenAnswer{Error: &whenError{"substitution", err.Error()}}
	}
	result, failure := shouldExecute(substituted)
	if failure != nil {
		return whenAnswer{Substituted: &substituted, Error: failure}
	}
	return whenAnswer{Substituted: &substituted, Result: &result}
}

// shouldExecute follows the unexported function of that name in workflow/controller/steps.go, with the stage that
// failed. Importing the controller for it would double the build.
func shouldExecute(when string) (bool, *whenError) {
	if when == "" {
		return true, nil
	}
	expression, err := govaluate.NewEvaluableExpression(when)
	if err != nil {
		message := err.Error()
		if strings.Contains(message, "Invalid token") {
			message += " (hint: try wrapping the affected expression in quotes)"
		}
		return false, &whenError{"govaluate", message}
	}
	tokens := expression.Tokens()
	for i, token := range tokens {
		if token.Kind == govaluate.VARIABLE {
			tokens[i].Kind = govaluate.STRING
		}
	}
	if expression, err = govaluate.NewEvaluableExpressionFromTokens(tokens); err != nil {
		return false, &whenError{"parse", err.Error()}
	}
	result, err := expression.Evaluate(nil)
	if err != nil {
		return false, &whenError{"evaluate", err.Error()}
	}
	value, ok := result.(bool)
	if !ok {
		return false, &whenError{"type", fmt.Sprintf("expected boolean, got %v (%T)", result, result)}
	}
	return value, nil
}
