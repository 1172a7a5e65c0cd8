package main

import "errors"

type runCmd struct {
	Login bool `help:"Show the QR code for a new login even where the output is no terminal."`
}

func (c *runCmd) Run(s *session) error {
	config, err := s.load()
	if err != nil {
		return err
	}
	if config.Transport == "console" {
		return s.console(config)
	}
	return errors.New("the WeChat transport comes with the next version: set `transport: console` in themeday.yaml to serve in the terminal")
}
