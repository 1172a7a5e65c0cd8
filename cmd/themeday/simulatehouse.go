package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"strings"
)

// soul is somebody of a simulated house.
type soul struct {
	name, card, office, kind, phone, remark, guides string

	branch int // -1: none
}

// populace is a random house: who belongs where.
type populace struct {
	chance    *rand.Rand
	branches  int
	people    []*soul
	committee []*soul
	leader    *soul
	used      map[string]bool
}

func newPopulace(chance *rand.Rand, small bool) *populace {
	h := &populace{chance: chance, branches: 1 + chance.IntN(3), used: map[string]bool{}}
	most := 9
	if small {
		h.branches, most = 1, 2
	}
	for b := range h.branches {
		size := 4 + chance.IntN(most)
		for i := range size {
			p := h.person(b, "党员", "正式")
			switch {
			case i == 0:
				p.office = "书记"
			case i == 1 && size > 4:
				p.office = "副书记"
			case i == 2:
				p.office = "支委、记录员"
			case i == size-1 && h.often(0.5):
				p.kind = "预备"
			case h.often(0.1):
				p.remark = "年老体弱"
			case h.often(0.1):
				p.card = "老" + string([]rune(p.name)[:1]) + fmt.Sprint(len(h.people))
			}
		}
		if h.often(0.4) {
			h.person(b, "", "积极分子")
		}
	}
	if h.often(0.15) && h.branches > 1 { // two of one name
		a, b := h.members(0)[3], h.members(1)[3]
		b.name, a.card, b.card = a.name, a.name+"一", a.name+"二"
	}
	h.committee = append(h.committee, h.person(-1, "机关党委", ""))
	if h.often(0.5) {
		h.committee = append(h.committee, h.person(-1, "机关党委", ""))
	}
	if h.often(0.4) {
		h.leader = h.person(-1, "联系领导", "")
		h.leader.guides = branchName(chance.IntN(h.branches))
	}
	return h
}

func (h *populace) often(p float64) bool { return h.chance.Float64() < p }

func (h *populace) person(branch int, office, kind string) *soul {
	surnames, first, second := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严魏陶姜戚"), []rune("建志文海春秋玉宝明思"), []rune("华强军伟平芳兰梅林生")
	for {
		name := string([]rune{surnames[h.chance.IntN(len(surnames))], first[h.chance.IntN(len(first))], second[h.chance.IntN(len(second))]})
		if h.used[name] {
			continue
		}
		h.used[name] = true
		p := &soul{name: name, office: office, kind: kind, phone: fmt.Sprintf("139%08d", len(h.people)+1), branch: branch}
		h.people = append(h.people, p)
		return p
	}
}

// members are the people of a branch, the secretary first.
func (h *populace) members(b int) []*soul {
	var all []*soul
	for _, p := range h.people {
		if p.branch == b {
			all = append(all, p)
		}
	}
	return all
}

func branchName(b int) string { return "第" + string([]rune("一二三")[b]) + "支部" }

func groupName(b int) string { return string([]rune("一二三")[b]) + "支部群" }

// sheet is the roster as a CSV sheet.
func (h *populace) sheet() []byte {
	var out strings.Builder
	out.WriteString("支部,姓名,职务,类别,手机,备注,群名,群昵称,联系支部\n")
	for b := range h.branches {
		for _, p := range h.members(b) {
			fmt.Fprintf(&out, "%s,%s,%s,%s,%s,%s,%s,%s,\n", branchName(b), p.name, p.office, p.kind, p.phone, p.remark, groupName(b), p.card)
		}
	}
	for _, p := range h.members(-1) {
		if p.office != "" {
			fmt.Fprintf(&out, ",%s,%s,,%s,,,,%s\n", p.name, p.office, p.phone, p.guides)
		}
	}
	return []byte(out.String())
}

// change lets people come, go and move to another branch.
func (h *populace) change() {
	b := h.chance.IntN(h.branches)
	all := h.members(b)
	i := 3 + h.chance.IntN(max(1, len(all)-3))
	if i >= len(all) {
		return
	}
	switch h.chance.IntN(3) {
	case 0:
		h.person(b, "党员", "正式")
	case 1:
		all[i].branch = -1
		all[i].office = ""
	default:
		all[i].branch = (b + 1) % h.branches
	}
}

// snapshot is a small picture; each number another one.
func snapshot(n int) []byte {
	pic := image.NewRGBA(image.Rect(0, 0, 64, 48))
	chance := rand.New(rand.NewPCG(uint64(n), 7))
	for y := 0; y < 48; y += 8 {
		for x := 0; x < 64; x += 8 {
			c := color.RGBA{uint8(chance.IntN(256)), uint8(chance.IntN(256)), uint8(chance.IntN(256)), 255}
			for i := range 64 {
				pic.Set(x+i%8, y+i/8, c)
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, pic); err != nil {
		return nil
	}
	return out.Bytes()
}
