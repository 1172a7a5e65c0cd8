package storage

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"

	"themeday"
)

func TestAFullDiskPasses(t *testing.T) {
	s := house(t)
	var pages int
	if err := s.writer.Raw("PRAGMA page_count").Row().Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(most int) {
		t.Helper()
		if err := s.writer.Exec("PRAGMA max_page_count = " + strconv.Itoa(most)).Error; err != nil {
			t.Fatal(err)
		}
	}
	deed := func() error {
		return s.Update(context.Background(), func(tx themeday.Tx) error {
			return tx.AddEntry(themeday.Entry{Entered: start, Noun: "roster", Key: strings.Repeat("k", 1<<16)})
		})
	}
	limit(pages)
	if err := deed(); !errors.Is(err, themeday.ErrPassing) || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("on a full disk: %v", err)
	}
	limit(1 << 20)
	if err := deed(); err != nil {
		t.Errorf("with room: %v", err)
	}
	if err := explain("transaction", explain("write the chain", errFull)); !errors.Is(err, themeday.ErrPassing) {
		t.Errorf("a full disk at the commit: %v", err)
	}
	if errors.Is(errDamaged, themeday.ErrPassing) {
		t.Error("a damaged database passes")
	}
}
