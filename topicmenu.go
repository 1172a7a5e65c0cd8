package themeday

import (
	"slices"
	"strings"
	"time"
)

// TopicCategories are the four categories by which section four has branches choose their topics (R16), with what the regulation says of each.
var TopicCategories = []TopicCategory{
	{"中心工作", "围绕中心工作", []string{"学习党代会精神", "推动发展", "服务群众", "改进民生"}},
	{"党建目标", "围绕党建目标", []string{"增强党的政治功能和组织功能", "发挥党组织的领导核心作用", "增强战斗堡垒作用", "发挥党员先锋模范作用"}},
	{"实际问题", "围绕解决实际问题", []string{"研究解决本单位改革发展稳定的突出问题", "提升党组织的凝聚力"}},
	{"党员素质", "围绕提高党员素质", []string{"理想信念教育", "社会主义核心价值教育", "加强党性锻炼和党性修养", "学党章党规", "忆党史颂党恩", "重温入党誓词", "重写入党志愿", "书记上党课", "先进事迹宣讲", "参观红色阵地"}},
}

// alsoCategories are other words for the categories.
var alsoCategories = map[string]string{"政治学习": "党员素质", "党性锻炼": "党员素质", "提高党员素质": "党员素质", "解决实际问题": "实际问题"}

// TopicCategory is one of the four categories of topics.
type TopicCategory struct {
	Name   string
	Long   string
	Topics []string // in the regulation's own words
}

// MenuTopic is a topic that the committee put on the menu (主题菜单).
type MenuTopic struct {
	Category string // the name of a TopicCategory
	Text     string
	At       time.Time
	By       PersonID
}

// TopicMenu are the categories with the committee's own topics behind the regulation's.
func (d Desk) TopicMenu(tx Tx) ([]TopicCategory, error) {
	own, err := tx.MenuTopics()
	out := slices.Clone(TopicCategories)
	for i := range out {
		out[i].Topics = slices.Clone(out[i].Topics)
		for _, t := range own {
			if t.Category == out[i].Name {
				out[i].Topics = append(out[i].Topics, t.Text)
			}
		}
	}
	return out, err
}

// categoryOf reads a category's name, or another word for it.
func (d Desk) categoryOf(word string) (string, error) {
	plain := strings.TrimPrefix(d.plain(word), "围绕")
	if name, ok := alsoCategories[plain]; ok {
		return name, nil
	}
	var names []string
	for _, c := range TopicCategories {
		if plain == c.Name {
			return c.Name, nil
		}
		names = append(names, c.Name)
	}
	return "", Refuse(Invalid, R16, "没有“%s”这一类。四类是：%s，例如：主题菜单 加 党员素质 学习党章", Shown(word), strings.Join(names, "、"))
}

// AddMenuTopic puts a topic on the menu.
func (d Desk) AddMenuTopic(tx Tx, c Cause, category, text string) (MenuTopic, error) {
	name, err := d.categoryOf(category)
	switch {
	case err != nil:
		return MenuTopic{}, err
	case d.plain(text) == "":
		return MenuTopic{}, Refuse(Invalid, R16, "请写主题，例如：主题菜单 加 %s 学习党章", name)
	}
	if err := tooLong(R16, "主题", text, requiredMost); err != nil {
		return MenuTopic{}, err
	}
	menu, err := d.TopicMenu(tx)
	if err != nil {
		return MenuTopic{}, err
	}
	for _, cat := range menu {
		for _, t := range cat.Topics {
			if d.plain(t) == d.plain(text) {
				return MenuTopic{}, Refuse(Conflict, R16, "菜单里已有“%s”（%s），不用再加", Shown(t), cat.Name)
			}
		}
	}
	t := MenuTopic{Category: name, Text: text, At: c.At, By: c.By}
	if err := note(tx, c, "", nounMenu, name+"/"+text, nil, t, ""); err != nil {
		return t, err
	}
	return t, tx.PutMenuTopic(t)
}

// DropMenuTopic takes a topic of the committee's off the menu; those of the regulation stay.
func (d Desk) DropMenuTopic(tx Tx, c Cause, text string) (MenuTopic, error) {
	own, err := tx.MenuTopics()
	if err != nil {
		return MenuTopic{}, err
	}
	for _, t := range own {
		if plain := d.plain(text); plain != d.plain(t.Text) && plain != d.plain(t.Category+t.Text) {
			continue
		}
		if err := note(tx, c, "", nounMenu, t.Category+"/"+t.Text, t, nil, ""); err != nil {
			return t, err
		}
		return t, tx.DeleteMenuTopic(t)
	}
	return MenuTopic{}, Refuse(NotFound, R16, "机关党委加的主题里没有“%s”；规定里的主题不能删。看菜单请发：主题菜单", Shown(text))
}
