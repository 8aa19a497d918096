// Package fields lists the fields that a Go type has in JSON.
package fields

import (
	"reflect"
	"strings"
)

// Field is one field of a type, as JSON sees it.
type Field struct {
	Name string `json:"name"`
	// Shape is value, list or map.
	Shape string `json:"shape"`
	// Of is the name of the struct that the value or the list's items are, or what a scalar is:
	// string, integer, boolean, number, quantity, integer-or-string, time, any.
	Of     string `json:"of"`
	Struct bool   `json:"struct"`
	// MergeKey is the key by which a strategic merge patch finds the items of the list.
	MergeKey string `json:"mergeKey,omitempty"`
}

// scalars are structs that JSON writes as one value.
var scalars = map[string]string{
	"Quantity":    "quantity",
	"IntOrString": "integer-or-string",
	"Time":        "time",
	"MicroTime":   "time",
	"FieldsV1":    "any",
}

// Below gives the fields of a struct and of every struct that it holds, by type name.
func Below(root reflect.Type) map[string][]Field {
	found := map[string][]Field{}
	var visit func(reflect.Type)
	visit = func(of reflect.Type) {
		if _, known := found[of.Name()]; known {
			return
		}
		found[of.Name()] = nil
		fields, structs := ownFields(of)
		found[of.Name()] = fields
		for _, inner := range structs {
			visit(inner)
		}
	}
	visit(root)
	return found
}

func ownFields(of reflect.Type) (fields []Field, structs []reflect.Type) {
	for i := range of.NumField() {
		member := of.Field(i)
		name, options, _ := strings.Cut(member.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if name == "" && (member.Anonymous || strings.Contains(options, "inline")) {
			inner, more := ownFields(deref(member.Type))
			fields, structs = append(fields, inner...), append(structs, more...)
			continue
		}
		shape, item := "value", deref(member.Type)
		switch {
		case item.Kind() == reflect.Slice && item.Elem().Kind() == reflect.Uint8:
			// A []byte is a text in JSON.
			fields = append(fields, Field{Name: name, Shape: "value", Of: "string"})
			continue
		case item.Kind() == reflect.Slice:
			shape, item = "list", deref(item.Elem())
		case item.Kind() == reflect.Map:
			shape, item = "map", deref(item.Elem())
		}
		field := Field{Name: name, Shape: shape, Of: scalarName(item), MergeKey: member.Tag.Get("patchMergeKey")}
		if field.Of == "" {
			field.Of, field.Struct = item.Name(), true
			structs = append(structs, item)
		}
		fields = append(fields, field)
	}
	return fields, structs
}

func deref(of reflect.Type) reflect.Type {
	if of.Kind() == reflect.Pointer {
		return of.Elem()
	}
	return of
}

func scalarName(of reflect.Type) string {
	switch of.Kind() {
	case reflect.Struct:
		return scalars[of.Name()]
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int32, reflect.Int64:
		return "integer"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Slice, reflect.Interface, reflect.Map:
		return "any"
	default:
		return "string"
	}
}
