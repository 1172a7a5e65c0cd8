package paper

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // photos
	"strconv"
	"strings"

	"themeday"
)

// signInBook is the annex that shows everybody and how his sign-in came about.
func signInBook(f themeday.RecordForm) part {
	p := part{heading: "附一　签到册", fresh: true, columns: []int{7, 13, 13, 10, 11, 18, 28}, head: 1, rows: []row{heads("编号", "姓名", "党小组", "类别", "到会", "时间", "方式和备注")}}
	for _, m := range f.Members {
		standing, at := string(m.Standing), ""
		switch {
		case !f.Held() && m.Standing == themeday.StandsAbsent:
			standing = "—"
		case !f.Over && m.Standing == themeday.StandsAbsent:
			standing = "未签到"
		}
		if m.How != "" {
			at = signed(m.At, m.Entered, m.Afterwards)
		}
		p.rows = append(p.rows, plain(strconv.Itoa(m.Number), m.Name, m.PartyGroup, string(m.Category), standing, at, howOf(m)))
	}
	for _, g := range f.Guests {
		if g.Came {
			p.rows = append(p.rows, plain("", g.Name, "", "列席", "列席", signed(g.At, g.Entered, g.Afterwards), strings.TrimSpace(g.Kind+" "+g.How.Chinese())))
		}
	}
	p.remark = "方式：本人＝本人在群里签到；接龙＝本人在接龙中填写；迟到＝通报到会后本人签到；代签、补签＝他人录入，录入人列在后面；纸质＝按签字的纸质签到册录入；补签和纸质的时间是录入时间，标“补录”，到场时间没有记录；送学＝年老体弱党员以适当方式参加。"
	return p
}

func howOf(m themeday.FormMember) string {
	var notes []string
	if m.How != "" {
		s := wayOf(m)
		if m.EnteredBy != "" {
			s += "：" + m.EnteredBy
		}
		notes = append(notes, s)
	}
	if m.Way != "" {
		notes = append(notes, m.Way)
	}
	if m.Leader {
		notes = append(notes, "领导干部")
	}
	return strings.Join(notes, "，")
}

func heads(names ...string) row {
	var r row
	for _, n := range names {
		r.cells = append(r.cells, cell{label: true, lines: []line{text(n)}})
	}
	return r
}

func plain(values ...string) row {
	var r row
	for i, v := range values {
		r.cells = append(r.cells, cell{centred: i < len(values)-1, lines: []line{text(v)}})
	}
	return r
}

// album is the annex of photos, two in a row, each with what its sender said of it, and when and by whom it was sent.
func album(f themeday.RecordForm, photos Photos) part {
	p := part{heading: "附二　照片", columns: []int{1, 1}}
	for i, shot := range f.Photos {
		c := cell{centred: true}
		source := fmt.Sprintf("图%d　%s　%s", i+1, stamp(shot.At), shot.By)
		data, err := photos(shot.ID)
		if _, format, unread := image.DecodeConfig(bytes.NewReader(data)); err == nil && unread == nil && format == "jpeg" {
			c.photo = data
		} else {
			c.lines = append(c.lines, lacking("图片文件"))
		}
		if shot.Caption != "" {
			c.lines = append(c.lines, text(shot.Caption))
		}
		c.lines = append(c.lines, text(source), text("校验码 "+shot.ID[:min(12, len(shot.ID))]))
		if i%2 == 0 {
			p.rows = append(p.rows, cells(c))
		} else {
			last := &p.rows[len(p.rows)-1]
			last.cells = append(last.cells, c)
		}
	}
	if last := &p.rows[len(p.rows)-1]; len(last.cells) == 1 {
		last.cells[0].right = 2
	}
	return p
}
