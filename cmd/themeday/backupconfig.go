package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"themeday/scheduler"
)

// backupConfig is what the program does of itself for the day on which the disk fails.
type backupConfig struct {
	Cron           string `yaml:"cron"`
	Dir            string `yaml:"dir"` // empty: none are made
	Keep           *whole `yaml:"keep"`
	PassphraseFile string `yaml:"passphrase_file"`
}

// What holds where nothing is said.
const (
	backupCron = "0 3 * * *"
	backupKeep = 14
)

// checkBackup refuses what cannot be meant.
func (c Config) checkBackup() error {
	if _, err := scheduler.ParseTimes(c.Backup.times(), c.Zone()); err != nil {
		return c.bad("backup.cron", "%v", err)
	}
	if k := c.Backup.Keep; k != nil {
		if n, err := k.parse(); err != nil || n < 1 || n > 1000 {
			return c.bad("backup.keep", "%s; write a whole number from 1 to 1000", *k)
		}
	}
	return nil
}

func (b backupConfig) times() string {
	if b.Cron == "" {
		return backupCron
	}
	return b.Cron
}

func (b backupConfig) keep() int {
	if b.Keep == nil {
		return backupKeep
	}
	n, err := b.Keep.parse()
	if err != nil || n < 1 {
		return backupKeep // refused by checkBackup
	}
	return n
}

// passphraseVariable is the environment variable with the passphrase of backups; it goes before the file.
const passphraseVariable = "THEMEDAY_BACKUP_PASSPHRASE"

// passphraseLimit is more than any passphrase takes.
const passphraseLimit = 1 << 12

// passphrase is that of the environment, else of the file that is configured; empty where there is none.
func (c Config) passphrase() (string, error) {
	if c.envPassphrase != "" {
		return c.envPassphrase, nil
	}
	file := c.Backup.PassphraseFile
	if file == "" {
		return "", nil
	}
	st, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("the passphrase of the backups is not there: write it into %s (mode 0600), or set %s", file, passphraseVariable)
	}
	if err != nil {
		return "", fmt.Errorf("read the passphrase of the backups: %w", err)
	}
	if st.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return "", fmt.Errorf("others may read the passphrase of the backups (mode %o): chmod 600 %s", st.Mode().Perm(), file)
	}
	data, err := readFile(file, passphraseLimit)
	if err != nil {
		return "", fmt.Errorf("read the passphrase of the backups: %w", err)
	}
	phrase := strings.TrimSpace(string(data))
	if phrase == "" || strings.ContainsAny(phrase, "\r\n") {
		return "", fmt.Errorf("%s does not hold one line with the passphrase of the backups: mend it", file)
	}
	return phrase, nil
}
