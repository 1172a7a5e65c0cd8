package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
)

// transports are the networks on which the house serves, separated by commas; in the file one, or a list.
type transports string

// UnmarshalYAML takes `wechat` and `[wechat, wecom]`.
func (t *transports) UnmarshalYAML(read func(any) error) error {
	var one string
	if err := read(&one); err == nil {
		*t = transports(strings.TrimSpace(one))
		return nil
	}
	var several []string
	if err := read(&several); err != nil {
		return err
	}
	*t = transports(strings.Join(several, ","))
	return nil
}

func (t transports) list() []string { return strings.Split(string(t), ",") }

func (t transports) has(name string) bool { return slices.Contains(t.list(), name) }

// weComConfig is the bot on WeCom. Its secret never stands in the configuration.
type weComConfig struct {
	BotID      string     `yaml:"bot_id"`
	SecretFile string     `yaml:"secret_file"`
	Name       transports `yaml:"name"` // one, or a list, as transports are
	Endpoint   string     `yaml:"endpoint"`
	Status     string     `yaml:"status"`

	envBotID, envSecret string
}

// The environment of the bot on WeCom; it goes before the file.
const (
	weComBotVariable    = "THEMEDAY_WECOM_BOT_ID"
	weComSecretVariable = "THEMEDAY_WECOM_SECRET"
)

func (c Config) checkTransports() error {
	seen := map[string]bool{}
	for _, t := range c.Transport.list() {
		switch {
		case t != "wechat" && t != "wecom" && t != "console":
			return c.bad("transport", "%q; write wechat, wecom, console, or [wechat, wecom]", t)
		case seen[t]:
			return c.bad("transport", "%s stands there twice", t)
		}
		seen[t] = true
	}
	if seen["console"] && len(seen) > 1 {
		return c.bad("transport", "the console serves alone; write console, or [wechat, wecom]")
	}
	if c.WeCom.Endpoint != "" {
		u, err := url.Parse(c.WeCom.Endpoint)
		if err != nil || u.Host == "" || u.Scheme != "wss" && (u.Scheme != "ws" || !loopback(u.Hostname())) {
			return c.bad("wecom.endpoint", "%q; write wss://HOST (ws:// only to this machine: the secret would go in clear)", c.WeCom.Endpoint)
		}
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// secretLimit is more than any secret takes.
const secretLimit = 4 << 10

// credentials are the bot id and the secret, from the environment, else the configuration and the file beside it, which its owner alone may read.
func (w weComConfig) credentials() (botID, secret string, err error) {
	botID, secret = w.BotID, w.envSecret
	if w.envBotID != "" {
		botID = w.envBotID
	}
	if secret == "" {
		fileID, fileSecret, err := readSecret(w.SecretFile)
		if err != nil {
			return "", "", err
		}
		if secret = fileSecret; botID == "" {
			botID = fileID
		}
	}
	switch {
	case botID == "":
		return "", "", fmt.Errorf("wecom: no bot id: write wecom.bot_id, or set %s", weComBotVariable)
	case secret == "":
		return "", "", fmt.Errorf("wecom: no secret: write it into %s (chmod 600), or set %s", w.SecretFile, weComSecretVariable)
	}
	return botID, secret, nil
}

// readSecret reads the file of the secret: the secret alone, or lines `bot_id: …` and `secret: …`.
func readSecret(path string) (botID, secret string, err error) {
	st, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("wecom: the file of the secret: %w", err)
	}
	if st.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return "", "", fmt.Errorf("wecom: others may read %s (mode %o): chmod 600 it", path, st.Mode().Perm())
	}
	data, err := readFile(path, secretLimit)
	if err != nil {
		return "", "", fmt.Errorf("wecom: the file of the secret: %w", err)
	}
	for _, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		key, value, named := strings.Cut(line, ":")
		if !named {
			key, value, named = strings.Cut(line, "=")
		}
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case named && strings.TrimSpace(key) == "bot_id":
			botID = value
		case named && strings.TrimSpace(key) == "secret":
			secret = value
		case secret == "":
			secret = line
		}
	}
	return botID, secret, nil
}
