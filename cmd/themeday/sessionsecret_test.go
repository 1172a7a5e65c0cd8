package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// lookForSession looks for what the file of the login holds, cookies and tickets, in every other file and in all that the program said.
func (w *town) lookForSession() {
	w.t.Helper()
	const name = "wechat-session.json"
	path := filepath.Join(w.dir, name)
	st, err := os.Stat(path)
	if err != nil || st.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		w.t.Fatalf("the login: %v, %v", st, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	secrets := secretsOf(w.t, data)
	if len(secrets) < 3 {
		w.t.Errorf("only %d secrets in the login: the test does not see into it", len(secrets))
	}
	s := &scene{t: w.t, dir: w.dir}
	for file, data := range s.unpacked("ca.pem") {
		for _, secret := range secrets {
			if file != name && strings.Contains(string(data), secret) {
				w.t.Errorf("%s holds a part of the login: %d characters, %q…", file, len(secret), secret[:4])
				break
			}
		}
	}
	for _, secret := range secrets {
		if strings.Contains(w.output.String(), secret) {
			w.t.Error("the log holds a part of the login")
		}
	}
}

// secretsOf are the texts in a login that are long enough to tell from others, without addresses and instants.
func secretsOf(t *testing.T, data []byte) (all []string) {
	t.Helper()
	var login map[string]any
	if err := json.Unmarshal(data, &login); err != nil {
		t.Fatal(err)
	}
	delete(login, "id") // made by chance, not from the servers: bindings name the session by it
	delete(login, "logged_in")
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			if len(v) >= 10 && strings.Trim(v, "0123456789") != "" && !strings.Contains(v, "://") && !strings.HasPrefix(v, "/") && !strings.Contains(v, ".qq.com") && !strings.Contains(v, " ") {
				all = append(all, v)
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(login)
	return all
}
