package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/many"
	"themeday/commands"
	"themeday/commands/fold"
	"themeday/scheduler"
	"themeday/storage"
	"themeday/templates"
)

// House is the whole program, wired: rules, storage, commands, schedule and the sender, around one transport.
// It knows no clock: every method takes the present instant.
type House struct {
	Config    Config
	Store     *storage.Store
	Desk      themeday.Desk
	Planner   *scheduler.Planner
	Router    *commands.Router
	Sender    *bot.Sender // of the first network
	Transport bot.Transport
	Log       *slog.Logger

	mu        sync.RWMutex   // over Config and Desk, which a reload changes while the transport and the backups read them
	facts     themeday.Store // through which messages, plans and posts read and write: Store, and around it what a simulation puts there
	rnd       io.Reader
	hant      *traditional // nil where the bot writes simplified characters
	lock      *os.File     // of who serves; nil for work that neither hears nor speaks
	itself    *os.File     // the database, locked as well
	schedule  scheduler.Schedule
	nextPlan  time.Time
	nextPosts time.Time
	lanes     []*bot.Sender // of every network
}

// OpenHouse opens the database and wires the rooms. rnd is the source of all chance. The transport may be nil for work that neither hears nor speaks.
func OpenHouse(c Config, t bot.Transport, rnd io.Reader, log *slog.Logger) (*House, error) {
	calendar, err := themeday.NewCalendar()
	if err != nil {
		return nil, err
	}
	schedule, err := c.schedule()
	if err != nil {
		return nil, err
	}
	texts := c.texts
	if texts == nil {
		if texts, err = templates.LoadPosts(c.Templates); err != nil {
			return nil, err
		}
	}
	open := storage.Open
	if c.scratch {
		open = storage.OpenScratch
	}
	ring, err := c.keys()
	if err != nil {
		return nil, err
	}
	options := []storage.Option{storage.Sealed(ring.keys...)}
	if c.chance != nil { // the same rehearsal has the same chain
		options = append(options, storage.Chance(rand.NewChaCha8([32]byte{3})))
	}
	store, err := open(c.Database, options...)
	if err != nil {
		return nil, err
	}
	if w := store.Warning(); w != "" {
		log.Error(w)
	}
	keeper := &forms{}
	desk := themeday.Desk{
		Rules: c.RulesInForce(), Book: c.Rulebook(), Calendar: calendar, Zone: c.Zone(), Fold: fold.Simplify, Rand: rnd, Pictures: keeping{store.Album(picturesBeside(c.Database)), log}, Forms: keeper, Faces: &themeday.Faces{},
	}
	facts := themeday.Store(store)
	if c.around != nil {
		facts = c.around(store)
	}
	h := &House{Config: c, Store: store, facts: facts, Desk: desk, Transport: t, Log: log, rnd: rnd, hant: traditionalOf(c), schedule: schedule, Planner: scheduler.New(desk, schedule, texts)}
	keeper.house = h
	h.Router = commands.New(commands.Router{
		Store: facts, Desk: desk, Planner: h.Planner, Texts: texts, Log: log, Limits: c.limits(),
		Directory: func(a themeday.Account) themeday.Directory { return many.Of(t, a).Directory() },
	})
	h.lanes = h.senders(c, t, rnd, log)
	h.Sender = h.lanes[0]
	if t != nil {
		if err := h.serve(context.Background()); err != nil {
			return nil, errors.Join(err, h.Close())
		}
		if err := h.sealUp(context.Background(), ring); err != nil {
			return nil, errors.Join(err, h.Close())
		}
	}
	return h, nil
}

// picturesBeside is the folder of pictures that belongs to a database file.
func picturesBeside(database string) string {
	return strings.TrimSuffix(database, filepath.Ext(database)) + "-pictures"
}

// pace is the configured pace; without `wechat.pace` there is none, and no quiet hours either.
func (c Config) pace(rnd io.Reader) bot.Pace {
	if c.WeChat.Pace == nil {
		return bot.Pace{}
	}
	p := c.WeChat.Pace.orDefault()
	quiet, err := bot.ParseQuiet(c.WeChat.Quiet)
	if err != nil {
		quiet = bot.Quiet{} // refused by check
	}
	var seed [32]byte
	if _, err := io.ReadFull(rnd, seed[:]); err != nil {
		seed = [32]byte{}
	}
	low, _ := p.Min.parse() // refused by check when it cannot be read
	high, _ := p.Max.parse()
	hour, _ := orNone(p.PerHour)
	day, _ := orNone(p.PerDay)
	return bot.Pace{Min: low, Max: high, PerHour: hour, PerDay: day, Quiet: quiet, Rand: rand.New(rand.NewChaCha8(seed))}
}

// Close closes the database and lets another process serve.
func (h *House) Close() error { return errors.Join(h.Store.Close(), h.unlock()) }

// Start takes up the work at an instant: what a killed process left, the plans, and what is due.
func (h *House) Start(ctx context.Context, at time.Time) error {
	if err := h.begin(ctx, at); err != nil {
		return err
	}
	return h.Advance(ctx, at)
}

// begin marks what a killed process left, and lets the next Advance plan.
func (h *House) begin(ctx context.Context, at time.Time) error {
	unknown, err := h.recover(ctx, at)
	if err != nil {
		return err
	}
	for _, key := range unknown {
		h.Log.Error("a post may or may not have gone out; look at the chat, it will not be repeated", "key", key)
	}
	h.nextPlan = at
	return nil
}

// planAgain is the pause after a daily look that failed.
const planAgain = 5 * time.Minute

// plan is the daily look: dates of the coming months, ends that nobody told, and every branch's posts.
func (h *House) plan(ctx context.Context, at time.Time) error {
	err := h.Planner.DailyBy(func(do func(themeday.Tx) error) error { return h.facts.Update(ctx, do) }, at)
	h.nextPlan = h.schedule.Next(scheduler.LookPlan, at)
	if err != nil {
		h.Planner.Forget()
		h.nextPlan = at.Add(planAgain)
		return fmt.Errorf("plan posts: %w", err)
	}
	return nil
}

// Advance does what is due at an instant.
func (h *House) Advance(ctx context.Context, at time.Time) error {
	if next := h.schedule.Next(scheduler.LookPlan, at); h.nextPlan.After(next) {
		h.nextPlan = next // the clock was set back
	}
	if !h.nextPlan.IsZero() && !at.Before(h.nextPlan) {
		if err := h.plan(ctx, at); err != nil {
			return err
		}
	}
	next, err := h.deliver(ctx, at)
	h.nextPosts = next
	return err
}

// Next is the next instant at which something may be due; zero when nothing is planned at all.
func (h *House) Next() time.Time {
	if h.nextPosts.IsZero() || !h.nextPlan.IsZero() && h.nextPlan.Before(h.nextPosts) {
		return h.nextPlan
	}
	return h.nextPosts
}

// Take handles one message, answers it, and says what became due by it.
func (h *House) Take(ctx context.Context, m themeday.Message) error { return h.TakeAt(ctx, m, m.At) }

// TakeAt takes a message that came late: what it says counts from when it was said, what is sent from now on, or the pace would go by the past.
func (h *House) TakeAt(ctx context.Context, m themeday.Message, now time.Time) error {
	if err := h.Hear(ctx, m, now); err != nil {
		return err
	}
	return h.Advance(ctx, now)
}

// Hear handles one message and answers it; what became due by it is left to Advance. Several goroutines may call it.
func (h *House) Hear(ctx context.Context, m themeday.Message, now time.Time) error {
	reply, err := h.Router.Handle(ctx, m)
	for try := 1; err != nil && try < commands.Attempts && ctx.Err() == nil; try++ {
		reply, err = h.Router.Handle(ctx, m)
	}
	if err != nil {
		return err
	}
	h.hant.forget()
	h.refresh(ctx)
	if reply, err = h.hant.reply(ctx, h.Store, m, reply, h.Desk.Day(m.At).MonthOf()); err != nil {
		h.Log.Error("answered in simplified characters", "message", m.ID, "err", err) // what was asked for is done
	}
	for _, part := range inPosts(h.withDocuments(ctx, m, reply, now)) {
		h.senderOf(m.Account).Answer(ctx, m, part, now)
	}
	return nil
}

// inPosts cuts a reply that is longer than a post into several. The figures and the short form for the group go with the first, files with
// the last.
func inPosts(r themeday.Reply) []themeday.Reply {
	texts := templates.Split(r.Text, templates.PostRunes, templates.PostBytes)
	if len(texts) < 2 {
		return []themeday.Reply{r}
	}
	parts := make([]themeday.Reply, len(texts))
	for i, text := range texts {
		parts[i] = themeday.Reply{Text: text, Aside: r.Aside}
	}
	parts[0].Short, parts[0].Data = r.Short, r.Data
	parts[len(parts)-1].Files, parts[len(parts)-1].Offer = r.Files, r.Offer
	return parts
}

// Enrol takes over a read roster and plans every branch's posts.
func (h *House) Enrol(ctx context.Context, r themeday.Roster, at time.Time, progress func(int)) (themeday.Enrolled, error) {
	var done themeday.Enrolled
	err := h.facts.Update(ctx, func(tx themeday.Tx) error {
		var err error
		done, err = h.Desk.Enrol(tx, themeday.Cause{By: themeday.Bot, At: at, Verb: "import roster"}, r, progress)
		if err != nil {
			return err
		}
		return h.Planner.Daily(tx, at)
	})
	if err != nil {
		h.Planner.Forget()
	}
	h.hant.forget()
	h.nextPlan = h.schedule.Next(scheduler.LookPlan, at)
	return done, err
}

// renderer lets the sender use the scheduler's texts.
type renderer struct{ h *House }

// Render implements bot.Renderer.
func (r renderer) Render(tx themeday.Tx, p themeday.Post, at time.Time) (bot.Rendered, error) {
	out, err := r.h.Planner.Render(tx, p, at)
	if err != nil {
		return bot.Rendered{}, err
	}
	out.Files = r.h.readied(out.Files, p)
	offer, err := r.h.offerOf(tx, p)
	if err != nil {
		return bot.Rendered{}, err
	}
	return r.h.hant.post(tx, bot.Rendered{Texts: out.Texts, Files: out.Files, Data: out.Data, Wait: out.Wait, Why: out.Why, Offer: offer}, at)
}

// AfterSent implements bot.Renderer: a post that completes a step moves what comes after it.
func (r renderer) AfterSent(tx themeday.Tx, p themeday.Post, at time.Time) error {
	r.h.putAway(p)
	if err := errors.Join(r.h.Desk.At(at).AfterSent(tx, p, at), r.h.Desk.LookSent(tx, p, at)); err != nil {
		return err
	}
	switch p.Kind {
	case themeday.Notice, themeday.Attendance, themeday.EvaluationOpened, themeday.EvaluationResult:
		return r.h.Planner.Plan(tx, p.Branch, at)
	}
	return nil
}
