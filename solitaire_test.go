package themeday

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestTheStructureTellsWhoAddedWhat(t *testing.T) {
	xml := `<solitaire><tt>0-18</tt><ex>19-8</ex><tl>59-10</tl><content><i><u>wxid_a</u><t>1772000000</t><r>32-4</r></i><i><u>wxid_b</u><r>40-7</r></i><i><u>wxid_c</u><r>51-6</r></i></content></solitaire>`
	c, err := ParseSolitaire(forked, xml)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"張三 到", "李四 代王五到", "𠮷田 請假"}; !reflect.DeepEqual(texts(c), want) {
		t.Errorf("items %q, want %q", texts(c), want)
	}
	if c.Items[1].Adder != "wxid_b" || c.Items[0].At.Unix() != 1772000000 || c.Tail != "請於14:30前接龍" || c.Header != "第二支部6月主题党日签到🚩" {
		t.Errorf("read %+v", c)
	}
}

func TestABrokenStructureLeavesTheVisibleText(t *testing.T) {
	items := func(s string) string { return "<solitaire><content>" + s + "</content></solitaire>" }
	for name, structure := range map[string]string{
		"empty": "", "no xml": "张三", "cut off": "<solitaire><content>", "no items": items(""), "places outside": items("<i><r>9999-4</r></i>"), "places that overflow": items("<i><r>1-9223372036854775807</r></i>"),
		"too long":           items(strings.Repeat(" ", 5*maxChainBytes)),
		"too many":           items(strings.Repeat("<i><c>张三</c></i>", maxChainLines+1)),
		"an item too long":   items("<i><c>" + strings.Repeat("张", maxItemBytes) + "</c></i>"),
		"nothing to be seen": items("<i><c>\u200b\u202e</c></i>"),
	} {
		c, err := ParseSolitaire(forked, structure)
		if want := []string{"張三 到", "李四 代王五到", "𠮷田 請假"}; err != nil || !reflect.DeepEqual(texts(c), want) {
			t.Errorf("%s: items %q, %v", name, texts(c), err)
		}
	}
}

func TestAStructureCannotHideTheHeader(t *testing.T) {
	for _, tt := range []string{"", "<tt></tt>", "<tt>900-9</tt>", "<tt>0-3</tt>"} {
		c, err := ParseSolitaire("#接龙\n晚餐统计\n\n1. 张三", "<solitaire>"+tt+"<content><i><c>张三</c></i></content></solitaire>")
		if err != nil || c.Header != "晚餐统计" || c.Concerns() {
			t.Errorf("%q: read %+v, %v", tt, c, err)
		}
	}
}

func TestTheFirstLineIsATitleOrAPerson(t *testing.T) {
	for _, row := range []struct {
		title, structure string
		want             []string
		concerns         bool
	}{
		{"#接龙\n1. 张三\n2. 李四", "<i><h>1</h><c>张三</c></i><i><c>李四</c></i>", []string{"张三", "李四"}, true},
		{"#接龙\n1. 晚餐统计\n2. 李四", "<i><h>1</h><c>晚餐统计</c></i><i><c>李四</c></i>", []string{"晚餐统计", "李四"}, false},
		{"#接龙\n签到\n1. 张三", "<i><h>1</h><c>签到</c></i><i><c>张三</c></i>", []string{"张三"}, true},
	} {
		c, err := ParseSolitaire(row.title, "<solitaire><content>"+row.structure+"</content></solitaire>")
		if err != nil || !reflect.DeepEqual(texts(c), row.want) || c.Concerns() != row.concerns {
			t.Errorf("%q: %q, concerns %v, %v", row.title, texts(c), c.Concerns(), err)
		}
	}
}

func TestManyPlacesOfOneLongTitleStaySmall(t *testing.T) {
	title := "#接龙\n" + strings.Repeat("张三 ", 9000)
	var b strings.Builder
	for range maxChainLines {
		fmt.Fprintf(&b, "<i><r>0-%d</r></i>", 20000)
	}
	c, err := ParseSolitaire(title, "<solitaire><content>"+b.String()+"</content></solitaire>")
	if err != nil || len(c.Items) != 0 {
		t.Errorf("%d items, %v", len(c.Items), err)
	}
}

func FuzzParseSolitaire(f *testing.F) {
	f.Add(forked, `<solitaire><content><i><u>a</u><r>32-4</r></i></content></solitaire>`)
	f.Add("#接龙", `<solitaire><tt>9-9</tt><content><i><r>-1-99999999999</r></i><i><c>x</c></i></content></solitaire>`)
	f.Fuzz(func(t *testing.T, title, structure string) {
		c, err := ParseSolitaire(title, structure)
		if err != nil && CodeOf(err) != Invalid {
			t.Errorf("%q %q: %v", title, structure, err)
		}
		for _, i := range c.Items {
			if i.Text == "" {
				t.Errorf("%q %q has an empty item", title, structure)
			}
		}
	})
}
