// Package deep finds what a decoder loses. Argo's strict decoder does not look below custom decoders (the steps of a
// template, inline templates), so a misspelt field there passes the linter and is never heard of again.
package deep

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strings"
)

// Finding is one place of the input that the decoded object does not hold. Path looks like ".spec.templates[1].image".
type Finding struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// Options tell what the Go types alone do not.
type Options struct {
	// Transparent maps a type with a decoder of its own to the type that it decodes as.
	Transparent map[reflect.Type]reflect.Type
	// SameText says whether two texts are the same value, e.g. the quantities "1000m" and "1".
	SameText func(a, b string) bool
}

var unmarshaler = reflect.TypeOf((*json.Unmarshaler)(nil)).Elem()

// Check decodes a JSON document into target (a pointer), encodes target again and compares.
func Check(document []byte, target any, options Options) ([]Finding, error) {
	input, err := parse(document)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(document, target); err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(target)
	if err != nil {
		return nil, err
	}
	output, err := parse(encoded)
	if err != nil {
		return nil, err
	}
	c := checker{options: options, unknown: map[string]bool{}}
	c.fields(reflect.TypeOf(target).Elem(), input, "")
	c.values(input, output, true, "")
	sort.SliceStable(c.findings, func(i, j int) bool { return c.findings[i].Path < c.findings[j].Path })
	return c.findings, nil
}

type checker struct {
	options  Options
	findings []Finding
	unknown  map[string]bool
}

func (c *checker) report(path, reason string) {
	c.findings = append(c.findings, Finding{Path: path, Reason: reason})
}

// fields walks the input along the Go type and reports keys that the type does not have. A key that differs only in
// case is unknown too: the API server takes names literally, whatever encoding/json accepts.
func (c *checker) fields(t reflect.Type, input any, path string) {
	if through, ok := c.options.Transparent[t]; ok {
		t = through
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if through, ok := c.options.Transparent[t]; ok {
		t = through
	} else if t.Implements(unmarshaler) || reflect.PointerTo(t).Implements(unmarshaler) {
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		object, ok := input.(map[string]any)
		if !ok {
			return
		}
		known := map[string]reflect.Type{}
		collect(t, known)
		for key, value := range object {
			at := path + "." + key
			if field, ok := known[key]; ok {
				c.fields(field, value, at)
			} else {
				c.unknown[at] = true
				c.report(at, "unknown field, silently dropped")
			}
		}
	case reflect.Slice, reflect.Array:
		list, _ := input.([]any)
		for i, value := range list {
			c.fields(t.Elem(), value, fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Map:
		object, _ := input.(map[string]any)
		for key, value := range object {
			c.fields(t.Elem(), value, path+"."+key)
		}
	}
}

// collect lists the JSON names of a struct, those of embedded structs included.
func collect(t reflect.Type, into map[string]reflect.Type) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		embedded := field.Type
		for embedded.Kind() == reflect.Pointer {
			embedded = embedded.Elem()
		}
		switch {
		case name == "-" || !field.IsExported() && !field.Anonymous:
			continue
		case name == "" && field.Anonymous && embedded.Kind() == reflect.Struct:
			collect(embedded, into)
		case name == "":
			into[field.Name] = field.Type
		default:
			into[name] = field.Type
		}
	}
}

// values compares the input with what was encoded again. Defaults that the encoder leaves out (false, 0, "", empty
// lists and maps) are no loss: leaving them out means the same.
func (c *checker) values(input, output any, present bool, path string) {
	if c.unknown[path] {
		return
	}
	switch in := input.(type) {
	case map[string]any:
		out, ok := output.(map[string]any)
		if !ok {
			if !isDefault(in) {
				c.report(path, "dropped")
			}
			return
		}
		for key, value := range in {
			inner, has := out[key]
			c.values(value, inner, has, path+"."+key)
		}
	case []any:
		out, _ := output.([]any)
		for i, value := range in {
			var inner any
			if i < len(out) {
				inner = out[i]
			}
			c.values(value, inner, i < len(out), fmt.Sprintf("%s[%d]", path, i))
		}
	default:
		if !present {
			if !isDefault(in) {
				c.report(path, "dropped")
			}
		} else if !c.same(in, output) {
			c.report(path, fmt.Sprintf("changed from %s to %s", text(in), text(output)))
		}
	}
}

func (c *checker) same(a, b any) bool {
	x, y := text(a), text(b)
	if x == y || isDefault(a) && isDefault(b) {
		return true
	}
	return c.options.SameText != nil && c.options.SameText(x, y)
}

func isDefault(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return v == ""
	case json.Number:
		f, err := v.Float64()
		return err == nil && f == 0
	case []any:
		return len(v) == 0
	case map[string]any:
		for _, inner := range v {
			if !isDefault(inner) {
				return false
			}
		}
		return true
	}
	return false
}

func text(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	encoded, _ := json.Marshal(value)
	return string(encoded)
}

func parse(document []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}
