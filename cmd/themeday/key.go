package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"

	"themeday/storage"
)

type keyCmd struct {
	Rotate keyRotateCmd `cmd:"" help:"Make a new key and seal everything anew with it; the old one is dropped. Nothing may serve meanwhile."`
}

type keyRotateCmd struct{}

func (c *keyRotateCmd) Run(s *session) (err error) {
	config, err := s.load()
	if err != nil {
		return err
	}
	if err := existing(config); err != nil {
		return err
	}
	full, err := filepath.EvalSymlinks(config.Database)
	if err != nil {
		return fmt.Errorf("find the database: %w", err)
	}
	held, err := lock(full + ".lock")
	if errors.Is(err, errHeld) {
		return fmt.Errorf("another themeday serves the database %s: end that one first", config.Database)
	}
	if err != nil {
		return fmt.Errorf("lock the database %s: %w", config.Database, err)
	}
	defer func() { err = errors.Join(err, unlock(held)) }()
	itself, err := lockItself(full) // whatever became of the other lock's file
	if itself != nil {
		defer func() { _ = itself.Close() }()
	}
	if errors.Is(err, errHeld) {
		return fmt.Errorf("another themeday serves the database %s: end that one first", config.Database)
	}
	if err != nil {
		return fmt.Errorf("lock the database %s: %w", config.Database, err)
	}
	old, err := config.keys()
	if err != nil {
		return err
	}
	if old.file == "" {
		return s.rotateInEnvironment(config, old)
	}
	n, err := rotate(s.ctx, config, old)
	if err != nil {
		return err
	}
	return s.printf("%d sealed anew; %s holds the new key. Keep a copy of it elsewhere; backups from before need the old one.\n", n, old.file)
}

// rotate keeps the old keys in their file until everything is sealed with the new one.
func rotate(ctx context.Context, config Config, old ring) (int, error) {
	k, err := storage.NewKey(rand.Reader)
	if err != nil {
		return 0, err
	}
	if err := mayReseal(ctx, config, old.keys); err != nil {
		return 0, err
	}
	all := append([]storage.Key{k}, old.keys...)
	if err := writeKeys(old.file, all...); err != nil {
		return 0, err
	}
	n, err := reseal(ctx, config, all)
	if err != nil {
		return n, err // both keys stay in the file: whichever sealed what, it can be read
	}
	return n, writeKeys(old.file, k)
}

// rotateInEnvironment seals everything with the first key of the environment, which only the operator can change.
func (s *session) rotateInEnvironment(config Config, r ring) error {
	if err := mayReseal(s.ctx, config, r.keys); err != nil {
		return err
	}
	n, err := reseal(s.ctx, config, r.keys)
	if err != nil {
		return err
	}
	if len(r.keys) == 1 {
		return s.printf("%d sealed anew with the only key of %s. For another key put that in front, a comma between, and say this again.\n", n, keyVariable)
	}
	return s.printf("%d sealed anew with the first key of %s; the others may be dropped there now.\n", n, keyVariable)
}

// mayReseal refuses where something sealed cannot be read.
func mayReseal(ctx context.Context, config Config, keys []storage.Key) (err error) {
	store, err := storage.Open(config.Database, storage.Sealed(keys...))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	have, err := store.Secrets(ctx)
	if err == nil && have.Unread > 0 {
		err = fmt.Errorf("%d of %d sealed reasons cannot be read with the keys at hand: see themeday doctor, nothing was changed", have.Unread, have.Sealed)
	}
	return err
}

func reseal(ctx context.Context, config Config, keys []storage.Key) (n int, err error) {
	store, err := storage.Open(config.Database, storage.Sealed(keys...))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if n, err = store.Reseal(ctx); err != nil {
		return n, err
	}
	pictures, err := store.Album(picturesBeside(config.Database)).SealNotes(ctx)
	return n + pictures, err
}
