package main

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// oneCommandIn is how much is said in groups for each command.
const oneCommandIn = 50

// chatter is what people say in groups that is no command.
var chatter = []string{
	"大家下午好", "收到，谢谢", "会议室的空调修好了吗？", "今天路上有点堵，我晚十分钟到", "👍👍👍", "@王强 材料发我一份", "好的好的，没有问题", "明天有雨，记得带伞",
	"学习强国今天的题目有点难", "1", "https://example.com/article?id=42", "请大家把上个月的心得体会发到我邮箱，本周五之前就行，格式照旧，不用太长，一页纸以内",
}

// benchChatter measures groups in which people talk, one command among fifty messages.
func benchChatter(ctx context.Context, b *bench) error {
	n := b.size.chatter
	w, template, err := b.stormed(ctx, n/oneCommandIn+1)
	if err != nil {
		return err
	}
	var rate, cpu, yardRate, yardCPU series
	bar := b.progress(benchRounds, "chatter")
	defer bar.done()
	for round := range benchRounds {
		if err := ctx.Err(); err != nil {
			return err
		}
		yard, err := b.chatterYardstick(ctx, n)
		if err != nil {
			return err
		}
		yardRate.add(yard.rate)
		yardCPU.add(yard.cpu)
		l, err := b.chatterHouse(ctx, w, template, n)
		if err != nil {
			return err
		}
		rate.add(l.rate)
		cpu.add(l.cpu)
		bar.set(round + 1)
	}
	b.beside("chatter.rate", "messages/s", rate, byInsert+" for the commands", yardRate, nil)
	if _, told := cpuTime(); told {
		b.beside("chatter.cpu", "µs/message", cpu, byInsert+" for the commands", yardCPU, nil)
	} else {
		b.skip("chatter.cpu", "µs/message", "this system does not tell what a process uses")
	}
	return nil
}

// chatterYardstick looks at every text once and inserts a row for the commands.
func (b *bench) chatterYardstick(ctx context.Context, n int) (l load, err error) {
	dir, err := b.folder()
	if err != nil {
		return l, err
	}
	y, err := newPlain(ctx, dir, "chatter", n/oneCommandIn+1)
	if err != nil {
		return l, err
	}
	l, err = saturate(n, inFlight, func(i int) error {
		if i%oneCommandIn > 0 && bareSwitch(chatter[i%len(chatter)]) == 0 {
			return nil
		}
		return y.alone(i / oneCommandIn)
	})
	return l, errors.Join(err, y.close(), os.RemoveAll(dir))
}

func (b *bench) chatterHouse(ctx context.Context, w *benchWorld, template string, n int) (l load, err error) {
	dir, err := b.again(template)
	if err != nil {
		return l, err
	}
	h, err := serveBench(ctx, dir, w, stormAt)
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, h.end(), os.RemoveAll(dir)) }()
	if err := h.take(ctx, w.inGroup(0, "first", "大家好", h.now())); err != nil {
		return l, err
	}
	commands := 0
	for i := 0; i < n; i += oneCommandIn {
		commands++
	}
	l, err = saturate(n, inFlight, func(i int) error {
		id := fmt.Sprintf("message-%d", i)
		if i%oneCommandIn > 0 {
			return h.take(ctx, w.inGroup(i%len(w.people), id, chatter[i%len(chatter)], h.now()))
		}
		return h.take(ctx, w.inGroup(i/oneCommandIn, id, "签到", h.now()))
	})
	if err != nil {
		return l, err
	}
	return l, h.complete(ctx, w, commands, 0)
}
