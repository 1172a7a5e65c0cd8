package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// The house of the rehearsal of fifty branches: who belongs where. Everything follows from one seed.

const fifty = 50

// fiftyMember is a person of the house.
type fiftyMember struct {
	name, phone, office, kind, remark, group string

	home   [2]int // his branch before and after the second roster; -1: none
	truant bool   // never comes
	leader bool
	guides []int // the branches that he guides
}

// counts tells whether he is a member and no guest.
func (m *fiftyMember) counts() bool { return m.kind == "正式" || m.kind == "预备" }

// fiftyHouse is the house: its people, and both rosters as they stand in the sheets.
type fiftyHouse struct {
	chance    *rand.Rand
	people    []*fiftyMember
	lists     [2][fifty][]*fiftyMember
	committee [2]*fiftyMember
	leaders   []*fiftyMember
	movers    []*fiftyMember
	used      map[string]bool
}

// fiftySizes are branches whose size matters to what happens in them.
var fiftySizes = map[int]int{17: 25, 9: 20, 4: 14, 33: 13}

func newFiftyHouse() *fiftyHouse {
	h := &fiftyHouse{chance: rand.New(rand.NewPCG(50, 2026)), used: map[string]bool{}}
	for b := range fifty {
		size, sized := fiftySizes[b]
		if !sized {
			size = 12 + h.chance.IntN(14)
		}
		for i := range size {
			h.join(b, h.person(fiftyOffice(i), fiftyKind(i, size)))
		}
		list := h.lists[0][b]
		for i, p := range list {
			p.group = "第一小组"
			if i >= size/2 {
				p.group = "第二小组"
			}
		}
		if b%3 == 0 {
			list[size-2].remark = "年老体弱"
		}
		if b%6 == 1 && !sized {
			list[5].truant = true
		}
		if b%4 == 2 {
			h.join(b, h.person("党员", "积极分子"))
		}
	}
	h.name()
	h.moveSome()
	return h
}

func fiftyOffice(i int) string {
	return [...]string{"书记", "副书记", "支委、记录员", "党员"}[min(i, 3)]
}

func fiftyKind(i, size int) string {
	if i == size-1 && size%2 == 0 {
		return "预备"
	}
	return "正式"
}

// person is somebody new; no name is a part of another.
func (h *fiftyHouse) person(office, kind string) *fiftyMember {
	surnames, first, second := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严魏陶姜戚"), []rune("建志文海春秋玉宝明思"), []rune("华强军伟平芳兰梅林生")
	for {
		name := string([]rune{surnames[h.chance.IntN(len(surnames))], first[h.chance.IntN(len(first))], second[h.chance.IntN(len(second))]})
		if h.used[name] {
			continue
		}
		h.used[name] = true
		p := &fiftyMember{name: name, phone: fmt.Sprintf("139%08d", len(h.people)+1), office: office, kind: kind, home: [2]int{-1, -1}}
		h.people = append(h.people, p)
		return p
	}
}

func (h *fiftyHouse) join(b int, p *fiftyMember) {
	p.home = [2]int{b, b}
	h.lists[0][b] = append(h.lists[0][b], p)
}

// name gives the committee and the leaders: one of the committee is a member of a branch, every leader is a member of one and guides three others.
func (h *fiftyHouse) name() {
	h.committee[0] = h.person("机关党委", "")
	h.committee[1] = h.lists[0][2][4]
	for i := range 6 {
		l := h.lists[0][6+7*i][6]
		l.leader, l.guides = true, []int{i, 10 + i, 20 + i}
		h.leaders = append(h.leaders, l)
	}
}

// moveSome writes the second roster: eight members change their branches.
func (h *fiftyHouse) moveSome() {
	for b := range fifty {
		h.lists[1][b] = slices.Clone(h.lists[0][b])
	}
	for i, from := range []int{3, 8, 14, 19, 23, 29, 36, 41} {
		to := (from + 5 + 2*i) % fifty
		p := h.lists[0][from][8]
		p.home[1] = to
		h.lists[1][from] = slices.DeleteFunc(h.lists[1][from], func(q *fiftyMember) bool { return q == p })
		h.lists[1][to] = append(h.lists[1][to], p)
		h.movers = append(h.movers, p)
	}
}

// numberOf is somebody's number on a branch's list: that of the first roster, and behind all of those for who came later.
func (h *fiftyHouse) numberOf(b int, p *fiftyMember) int {
	if i := slices.Index(h.lists[0][b], p); i >= 0 {
		return i + 1
	}
	number := len(h.lists[0][b])
	for _, q := range h.lists[1][b] {
		if !slices.Contains(h.lists[0][b], q) {
			number++
		}
		if q == p {
			break
		}
	}
	return number
}

// sheet is the roster as a CSV sheet, before or after the moves.
func (h *fiftyHouse) sheet(epoch int) string {
	var out strings.Builder
	out.WriteString("支部,姓名,职务,类别,党小组,手机,备注,联系支部\n")
	row := func(cells ...string) { out.WriteString(strings.Join(cells, ",") + "\n") }
	for b, list := range h.lists[epoch] {
		for _, p := range list {
			row(fiftyBranch(b), p.name, p.office, p.kind, p.group, p.phone, p.remark, "")
		}
	}
	for _, p := range h.committee {
		row("", p.name, "机关党委", "", "", p.phone, "", "")
	}
	for _, p := range h.leaders {
		var guided []string
		for _, b := range p.guides {
			guided = append(guided, fiftyBranch(b))
		}
		row("", p.name, "联系领导", "", "", p.phone, "", strings.Join(guided, "、"))
	}
	return out.String()
}

// fiftyBranch is a branch's name: 第一支部 to 第五十支部.
func fiftyBranch(b int) string {
	digits := []rune("零一二三四五六七八九")
	n, text := b+1, ""
	if n >= 20 {
		text = string(digits[n/10])
	}
	if n >= 10 {
		text += "十"
	}
	if n%10 > 0 {
		text += string(digits[n%10])
	}
	return "第" + text + "支部"
}
