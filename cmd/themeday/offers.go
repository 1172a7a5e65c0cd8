package main

import (
	"themeday"
	"themeday/templates/hant"
)

// offerOf is what can be tapped under a post on a network with cards. Every choice is a command of the menu and goes the way of one.
func (h *House) offerOf(tx themeday.Tx, p themeday.Post) (themeday.Offer, error) {
	choice := func(label, command string) themeday.Choice { return themeday.Choice{Label: label, Command: command} }
	var o themeday.Offer
	switch p.Kind {
	case themeday.Notice, themeday.Reminder:
		o = themeday.Offer{Ask: "不能参加的同志请点请假", Choices: []themeday.Choice{choice("请假", "请假")}}
	case themeday.SignInOpen:
		o = themeday.Offer{Ask: "主题党日签到", Choices: []themeday.Choice{choice("签到", "签到"), choice("请假", "请假")}}
		if a, ok, err := tx.Activity(p.Activity); err != nil || ok && a.Code != "" { // a card cannot ask for the day's code
			o.Choices = o.Choices[1:]
			if err != nil {
				return o, err
			}
		}
	case themeday.EvaluationOpened:
		o = themeday.Offer{Ask: "您对这次主题党日是否满意", Listed: true, Choices: []themeday.Choice{choice("满意", "满意"), choice("基本满意", "基本满意"), choice("不满意", "不满意")}}
	case themeday.LeaveAskedPost:
		if p.To != themeday.ToSecretary { // of the secretary's own leave others decide, of any branch
			return o, nil
		}
		names, err := peopleNames(tx)
		if err != nil || names[p.Person] == "" {
			return o, err
		}
		o = themeday.Offer{Ask: "请假待批", Choices: []themeday.Choice{choice("准假", "准假 "+names[p.Person])}}
	}
	if h.hant != nil {
		o.Ask = hant.Convert(o.Ask, nil)
		for i := range o.Choices {
			o.Choices[i].Label = hant.Convert(o.Choices[i].Label, nil)
		}
	}
	return o, nil
}
