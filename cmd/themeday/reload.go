package main

import (
	"context"
	"os"
	"reflect"
	"strings"

	"themeday"
	"themeday/scheduler"
	"themeday/templates"
)

// current is the configuration and the desk as they are now, for who does not wait for the live loop.
func (h *House) current() (Config, themeday.Desk) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.Config, h.Desk
}

// Reload takes up another configuration, and the templates that it names, between two messages. What cannot be used leaves everything as it was.
// It gives the keys that were changed too but only count from the next start on.
func (h *House) Reload(c Config) (restart []string, err error) {
	c, restart = h.Config.keep(c)
	schedule, err := c.schedule()
	if err != nil {
		return nil, err
	}
	texts, err := templates.LoadPosts(c.Templates)
	if err != nil {
		return nil, err
	}
	if f, own := ownForm(c); own && f.state == "mend" {
		return nil, c.bad("templates", "%s", f.text)
	}
	desk := h.Desk
	desk.Rules, desk.Book = c.RulesInForce(), c.Rulebook()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Config, h.Desk, h.schedule, h.hant = c, desk, schedule, traditionalOf(c)
	h.Planner = scheduler.New(desk, schedule, texts)
	h.Router.Desk, h.Router.Planner, h.Router.Texts, h.Router.Limits = desk, h.Planner, texts, c.limits()
	for _, s := range h.lanes {
		s.Desk, s.Pace = desk, c.paceOn(s.Transport, h.rnd)
	}
	return restart, nil
}

// keep is another configuration with what cannot be changed while the program serves as it is now, and the names of those keys that differ.
func (c Config) keep(other Config) (Config, []string) {
	var differ []string
	for _, k := range []struct {
		key       string
		now, then any
	}{
		{"timezone", &c.Timezone, &other.Timezone},
		{"database", &c.Database, &other.Database},
		{"transport", &c.Transport, &other.Transport},
		{"wechat.mode", &c.WeChat.Mode, &other.WeChat.Mode},
		{"wechat.session", &c.WeChat.Session, &other.WeChat.Session},
		{"wecom", &c.WeCom, &other.WeCom},
		{"web", &c.Web, &other.Web},
	} {
		now, then := reflect.ValueOf(k.now).Elem(), reflect.ValueOf(k.then).Elem()
		if !reflect.DeepEqual(now.Interface(), then.Interface()) {
			differ = append(differ, k.key)
			then.Set(now)
		}
	}
	other.scratch, other.env, other.envPassphrase, other.chance, other.force = c.scratch, c.env, c.envPassphrase, c.chance, c.force
	return other, differ
}

// reload reads the configuration and the templates anew. The operator hears what came of it; a broken one changes nothing.
func (l *Live) reload(ctx context.Context) {
	if l.Load == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	log := l.House.Log
	config, err := l.Load()
	var restart []string
	if err == nil {
		restart, err = l.House.Reload(config)
	}
	if err != nil {
		log.Error("the configuration and the templates were not read anew; the old ones hold", "err", err)
		if l.Alert != nil {
			l.Alert("the new configuration or a template is broken, so the old ones hold; see the log")
		}
		return
	}
	if l.Loaded != nil {
		l.Loaded(config)
	}
	log.Info("configuration and templates read anew", "config", config.path)
	if len(restart) > 0 {
		log.Warn("some changed keys count from the next start on", "keys", strings.Join(restart, ", "))
	}
	if err := l.House.plan(context.WithoutCancel(ctx), l.Now()); err != nil {
		log.Error("not planned anew; tried again with the daily plan", "err", err)
	}
}

// hangup gives the signals to read anew. Where the program was started in a terminal that is gone, the signal ends it, as it always did.
func (s *session) hangup(end func()) <-chan os.Signal {
	if s.Hangup == nil || !terminal(s.In) {
		return s.Hangup
	}
	out := make(chan os.Signal)
	go func() {
		for {
			select {
			case <-s.ctx.Done():
				return
			case sig := <-s.Hangup:
				if !terminal(s.In) {
					end()
					return
				}
				select {
				case out <- sig:
				case <-s.ctx.Done():
					return
				}
			}
		}
	}()
	return out
}
