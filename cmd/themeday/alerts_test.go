package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestAnAlertReachesTheOperatorOnceAnHour(t *testing.T) {
	heard := make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		heard <- string(body)
	}))
	defer server.Close()
	now := time.Date(2026, 3, 13, 14, 0, 0, 0, time.UTC)
	a, err := newAlerts([]string{"generic+" + server.URL + "/hook?disabletls=yes"}, slog.New(slog.DiscardHandler), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		a.send("WeChat is logged out")
	}
	now = now.Add(alertPause)
	a.send("WeChat is logged out")
	a.wait()
	close(heard)
	n := 0
	for body := range heard {
		if n++; !strings.Contains(body, "themeday: WeChat is logged out") {
			t.Errorf("heard %q", body)
		}
	}
	if n != 2 {
		t.Errorf("heard %d times in an hour and a moment, want 2", n)
	}
}

func TestAnAddressForAlertsThatIsNoneIsRefusedWithoutShowingIt(t *testing.T) {
	config := written(t, configFile, "alerts: [\"nowhere://user:secret@x\"]\n")
	code, _, errs := start(t, "run", "--config", config)
	if code != exitFailed || !strings.Contains(errs, "alerts: this is no address") || strings.Contains(errs, "secret") {
		t.Error(code, errs)
	}
}
