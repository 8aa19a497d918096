package deep

import (
	"encoding/json"
	"reflect"
	"testing"
)

type steps struct{ list []step }

func (s *steps) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &s.list) }
func (s steps) MarshalJSON() ([]byte, error)     { return json.Marshal(s.list) }

type step struct {
	Name  string            `json:"name"`
	Tries *int              `json:"tries,omitempty"`
	On    bool              `json:"on,omitempty"`
	Env   map[string]string `json:"env,omitempty"`
}

type meta struct {
	Label string `json:"label,omitempty"`
}

type root struct {
	meta  `json:",inline"`
	Steps []steps `json:"steps"`
	CPU   string  `json:"cpu,omitempty"`
}

func TestCheck(t *testing.T) {
	options := Options{
		Transparent: map[reflect.Type]reflect.Type{reflect.TypeOf(steps{}): reflect.TypeOf([]step{})},
		SameText:    func(a, b string) bool { return a == "1000m" && b == "1" },
	}
	for _, c := range []struct {
		given string
		want  []Finding
	}{
		{`{"label":"x","steps":[[{"name":"a","tries":0,"env":{"K":"v"}}]]}`, nil},
		{`{"steps":[[{"name":"a","on":false,"env":{}}]]}`, nil},
		{`{"steps":[[{"name":"a"},{"name":"b","tris":3}]]}`, []Finding{{".steps[0][1].tris", "unknown field, silently dropped"}}},
		{`{"steps":[[{"Name":"a"}]]}`, []Finding{{".steps[0][0].Name", "unknown field, silently dropped"}}},
		{`{"steps":[[{"name":"a","zero":false}]]}`, []Finding{{".steps[0][0].zero", "unknown field, silently dropped"}}},
		{`{"steps":[],"meta":{"label":"x"}}`, []Finding{{".meta", "unknown field, silently dropped"}}},
	} {
		got, err := Check([]byte(c.given), &root{}, options)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s\n got %v, %v\nwant %v", c.given, got, err, c.want)
		}
	}
	if _, err := Check([]byte(`{"steps":1}`), &root{}, options); err == nil {
		t.Error("a document that does not decode must be an error")
	}
}

func TestValues(t *testing.T) {
	c := checker{options: Options{SameText: func(a, b string) bool { return a == "1000m" && b == "1" }}, unknown: map[string]bool{}}
	var in, out any
	_ = json.Unmarshal([]byte(`{"cpu":"1000m","gone":"x","list":["a"],"was":"2","map":{"k":1}}`), &in)
	_ = json.Unmarshal([]byte(`{"cpu":"1","list":[],"was":"3"}`), &out)
	c.values(in, out, true, "")
	got := map[string]string{}
	for _, f := range c.findings {
		got[f.Path] = f.Reason
	}
	want := map[string]string{".gone": "dropped", ".list[0]": "dropped", ".map": "dropped", ".was": "changed from 2 to 3"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
