package themeday

import (
	"reflect"
	"testing"
)

const forked = "#接龙\n第二支部6月主题党日签到🚩\n例 姓名 到/假\n\n1. 張三 到\n2. 李四 代王五到\n3. 𠮷田 請假\n\n請於14:30前接龍"

func texts(c Chain) []string {
	var out []string
	for _, i := range c.Items {
		out = append(out, i.Text)
	}
	return out
}

func TestAChainIsReadFromItsVisibleText(t *testing.T) {
	for said, want := range map[string][]string{
		forked:                               {"張三 到", "李四 代王五到", "𠮷田 請假"},
		"#接龙\n1. 张三\n2. 李四":                  {"张三", "李四"},
		"＃接龍\n签到\n\n1、张三\n２．李四\n③王五\n4 赵六": {"张三", "李四", "王五", "赵六"},
		"#接龙\n签到\n\n1. \n2. 李四":              {"李四"},
		"#接龙\n签到\n1. 张三\n到了\n\n谢谢大家":         {"张三\n到了"},
		"#Group Note\nsign in\n\n1) 张三":      {"张三"},
	} {
		c, err := ParseChain(said)
		if err != nil || !reflect.DeepEqual(texts(c), want) {
			t.Errorf("ParseChain(%q) = %q, %v, want %q", said, texts(c), err, want)
		}
	}
}

func TestTheStructureTellsWhoAddedWhat(t *testing.T) {
	xml := `<solitaire><tt>0-18</tt><ex>19-8</ex><tl>59-10</tl><content><i><u>wxid_a</u><t>1772000000</t><r>32-4</r></i><i><u>wxid_b</u><r>40-7</r></i><i><u>wxid_c</u><r>51-6</r></i></content></solitaire>`
	c, err := ParseSolitaire(forked, xml)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"張三 到", "李四 代王五到", "𠮷田 請假"}; !reflect.DeepEqual(texts(c), want) {
		t.Errorf("items %q, want %q", texts(c), want)
	}
	if c.Items[1].Adder != "wxid_b" || c.Items[0].At.Unix() != 1772000000 || c.Tail != "請於14:30前接龍" {
		t.Errorf("read %+v", c)
	}
	broken, err := ParseSolitaire(forked, "<solitaire><content>")
	if err != nil || len(broken.Items) != 3 {
		t.Errorf("a broken structure left %d items, %v", len(broken.Items), err)
	}
}

func TestALineOfAChainSaysWhoAndWhat(t *testing.T) {
	for said, want := range map[string]ChainEntry{
		"张三": {Name: "张三"}, "张三 到": {Name: "张三"}, "張三已簽到": {Name: "張三"}, "张三👍": {Name: "张三"}, "到": {}, "签到": {}, "张三 1": {Name: "张三"},
		"李四 请假 发烧": {Name: "李四", Status: ChainLeave, Reason: "发烧"}, "𠮷田 請假": {Name: "𠮷田", Status: ChainLeave}, "李四病假": {Name: "李四", Status: ChainLeave, Reason: "病假"},
		"李四 代王五到": {Name: "李四", For: []string{"王五"}}, "代王五签到": {For: []string{"王五"}}, "王五（李四代）": {For: []string{"王五"}}, "王五 李四代签": {For: []string{"王五"}},
	} {
		if got := ReadItem(said); !reflect.DeepEqual(got, want) {
			t.Errorf("ReadItem(%q) = %+v, want %+v", said, got, want)
		}
	}
}

func TestOnlyChainsAboutComingConcernTheBot(t *testing.T) {
	for header, want := range map[string]bool{"": true, "3月主题党日签到": true, "晚餐报名": false, "黨日活動": true, "水果团购": false, "午餐签到": true, "大家的生日": false} {
		if got := (Chain{Header: header}).Concerns(); got != want {
			t.Errorf("a chain %q: %v, want %v", header, got, want)
		}
	}
}

func FuzzParseChain(f *testing.F) {
	for _, s := range []string{forked, "#接龙", "#接龙\n1. ", "#接龙\n①②", "#接龍\n999. x\n\n\n", "#接龙\n1 张三代李四代王五到"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseChain(s)
		if err != nil && CodeOf(err) != Invalid {
			t.Errorf("%q: %v", s, err)
		}
		for _, i := range c.Items {
			if i.Text == "" {
				t.Errorf("%q has an empty item", s)
			}
			if e := ReadItem(i.Text); e.Status == ChainIn && e.Reason != "" {
				t.Errorf("%q has a reason to come: %+v", s, e)
			}
		}
	})
}

func FuzzParseSolitaire(f *testing.F) {
	f.Add(forked, `<solitaire><content><i><u>a</u><r>32-4</r></i></content></solitaire>`)
	f.Add("#接龙", `<solitaire><tt>9-9</tt><content><i><r>-1-99999999999</r></i><i><c>x</c></i></content></solitaire>`)
	f.Fuzz(func(t *testing.T, title, structure string) {
		if _, err := ParseSolitaire(title, structure); err != nil && CodeOf(err) != Invalid {
			t.Errorf("%q %q: %v", title, structure, err)
		}
	})
}
