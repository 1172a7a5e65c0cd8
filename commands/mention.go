package commands

import (
	"themeday"
)

// toSomebodyElse tells whether a group message begins with a mention of one of the group's people, by name, card or nickname: @张三 签到 is said
// to 张三, not to the bot.
func (c *Call) toSomebodyElse(sp speaker, mentions []string) bool {
	if c.Message.Private() {
		return false
	}
	for _, said := range mentions {
		name := themeday.CleanName(said)
		for _, who := range sp.roster {
			if name != "" && (who.Name == name || themeday.CleanName(who.Card) == name) {
				return true
			}
		}
		if sp.cardOf(c.Message.Chat, said) {
			return true
		}
	}
	return false
}

// cardOf tells whether somebody of the roster bears a name in the group now.
func (sp speaker) cardOf(chat themeday.ChatID, said string) bool {
	if sp.scene.Directory == nil {
		return false
	}
	for _, g := range sp.scene.Directory.Groups() {
		if g.Chat != chat {
			continue
		}
		for _, m := range g.Members {
			if (m.Card == said || m.Nick == said) && themeday.Recognise(m, sp.scene).Level > themeday.Nobody {
				return true
			}
		}
	}
	return false
}
