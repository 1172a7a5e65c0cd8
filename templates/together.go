package templates

import "encoding/json"

// TogetherView tells the committee in one word of several branches what would be a post for each; its own figures are those of the first.
type TogetherView struct {
	Kind  string
	Lines []string // what a post of each would say
	Items []any    // the figures of each
}

// MarshalJSON gives the figures of the first, and those of all as items.
func (v TogetherView) MarshalJSON() ([]byte, error) {
	out := map[string]any{}
	if len(v.Items) > 0 {
		first, err := json.Marshal(v.Items[0])
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(first, &out); err != nil {
			return nil, err
		}
	}
	out["items"] = v.Items
	return json.Marshal(out)
}

// Together says what concerns several branches alike.
func (p *Posts) Together(v TogetherView) (string, error) { return p.set.Text("together", v) }

// togetherSamples are the values with which the template is tried when it is loaded.
func togetherSamples() map[string]any {
	return map[string]any{
		"together": TogetherView{
			Kind: "record.overdue", Lines: []string{"第一支部3月主题党日纪实表逾期1天未报（应在3月15日前），请督促支部书记。", "第二支部3月主题党日纪实表逾期2天未报（应在3月14日前），请督促支部书记。"},
			Items: []any{RecordOverdueView{Activity: "第一支部/2026-03", Days: 1}, RecordOverdueView{Activity: "第二支部/2026-03", Days: 2}},
		},
	}
}
