package wecom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// The spans of a connection.
const (
	dialFor   = 20 * time.Second // opening one
	answerFor = 8 * time.Second  // until an answer that did not come leaves its outcome unknown
	chunkFor  = 40 * time.Second // likewise of a piece of a file: half a megabyte takes its time
	beat      = 30 * time.Second // between heartbeats
	unheard   = 2                // so many heartbeats without an answer, and it is dead
	mostRead  = 8 << 20          // bytes of a frame
)

// What ends a connection or a call.
var (
	errTakenOver  = errors.New("another connection of this bot took over")
	errSilent     = errors.New("no answer to two heartbeats")
	errNotSent    = errors.New("the frame was not written")
	errNoAnswer   = errors.New("no answer")
	errUnserved   = errors.New("the server says that nothing is subscribed (846609)")
	errSuspicious = errors.New("groups have been silent for too long")
)

// link is one connection.
type link struct {
	t    *Transport
	conn *websocket.Conn
	ctx  context.Context
	end  context.CancelCauseFunc

	mu      sync.Mutex
	waiting map[string]chan frame
}

// dial opens a connection; nothing is subscribed yet.
func (t *Transport) dial(ctx context.Context) (*link, error) {
	dialling, stop := context.WithCancel(ctx)
	defer stop()
	late, calm := t.after(ctx, dialFor)
	defer calm()
	go func() {
		select {
		case <-late:
			stop()
		case <-dialling.Done():
		}
	}()
	conn, _, err := websocket.Dial(dialling, t.opt.Endpoint, &websocket.DialOptions{HTTPClient: t.http}) //nolint:bodyclose // the library closes it
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(mostRead)
	l := &link{t: t, conn: conn, waiting: map[string]chan frame{}}
	l.ctx, l.end = context.WithCancelCause(ctx)
	go l.read()
	go func() {
		<-l.ctx.Done()
		_ = conn.CloseNow() // a server that is gone must not hold us up
	}()
	return l, nil
}

// alive tells whether the connection has not been ended.
func (l *link) alive() bool { return l.ctx.Err() == nil }

// read takes frames until the connection ends.
func (l *link) read() {
	for {
		_, data, err := l.conn.Read(l.ctx)
		if err != nil {
			l.end(fmt.Errorf("the connection ended: %w", err))
			return
		}
		f, err := readFrame(data)
		if err != nil {
			l.t.opt.Log.Warn("wecom: a frame was not read", "err", err, "bytes", len(data))
			continue
		}
		switch f.Cmd {
		case "":
			l.answered(f)
		case cmdMessage, cmdEvent:
			l.t.hear(l, f)
		default:
			l.t.opt.Log.Debug("wecom: an unknown command", "cmd", f.Cmd)
		}
	}
}

func (l *link) answered(f frame) {
	l.mu.Lock()
	wait, ok := l.waiting[f.Headers.ReqID]
	delete(l.waiting, f.Headers.ReqID)
	l.mu.Unlock()
	if !ok {
		l.t.opt.Log.Debug("wecom: an answer that nobody waits for")
		return
	}
	wait <- f
}

// call sends a command and waits for the answer. errNotSent: nothing went out; errNoAnswer: nobody knows.
func (l *link) call(ctx context.Context, cmd, req string, body any) (frame, error) {
	if req == "" {
		req = cmd + "_" + l.t.stamp()
	}
	f := frame{Cmd: cmd, Headers: frameHeaders{ReqID: req}}
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return frame{}, fmt.Errorf("%w: %w", errNotSent, err)
		}
		f.Body = raw
	}
	data, err := json.Marshal(f)
	if err != nil {
		return frame{}, fmt.Errorf("%w: %w", errNotSent, err)
	}
	answer := make(chan frame, 1)
	l.mu.Lock()
	if _, busy := l.waiting[req]; busy {
		l.mu.Unlock()
		return frame{}, fmt.Errorf("%w: another frame of this req_id is under way", errNotSent)
	}
	l.waiting[req] = answer
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.waiting, req)
		l.mu.Unlock()
	}()
	if !l.alive() {
		return frame{}, fmt.Errorf("%w: %w", errNotSent, context.Cause(l.ctx))
	}
	if err := l.conn.Write(l.ctx, websocket.MessageText, data); err != nil { // part of a frame is no frame
		l.end(fmt.Errorf("the connection ended: %w", err))
		return frame{}, fmt.Errorf("%w: %w", errNotSent, err)
	}
	patience := answerFor
	if cmd == cmdChunk || cmd == cmdFinish {
		patience = chunkFor
	}
	late, calm := l.t.after(context.WithoutCancel(ctx), patience)
	defer calm()
	select {
	case f := <-answer:
		return f, codeOf(f)
	case <-l.ctx.Done():
		select {
		case f := <-answer: // it came with the end
			return f, codeOf(f)
		default:
		}
		return frame{}, fmt.Errorf("%w: %w", errNoAnswer, context.Cause(l.ctx))
	case <-late:
		return frame{}, errNoAnswer
	}
}

// stamp makes a req_id or task id new: the time and chance.
func (t *Transport) stamp() string {
	return fmt.Sprintf("%d_%s", t.opt.Now().UnixMilli(), t.chance())
}

// live keeps the heartbeat until the connection ends, and says why it did.
func (l *link) live() error {
	misses := 0
	var mu sync.Mutex
	for l.t.opt.Wait(l.ctx, beat) == nil {
		mu.Lock()
		dead := misses >= unheard
		misses++
		mu.Unlock()
		if dead {
			l.end(errSilent)
			break
		}
		go func() {
			_, err := l.call(l.ctx, cmdPing, "", nil)
			var refused *Refusal
			switch {
			case errors.As(err, &refused) && refused.Code == codeUnserved:
				l.end(errUnserved)
			case err == nil || errors.As(err, &refused): // it answers
				mu.Lock()
				misses = 0
				mu.Unlock()
			}
		}()
		l.t.Refresh(l.ctx)
		l.t.look(l)
	}
	<-l.ctx.Done()
	return context.Cause(l.ctx)
}
