package main

import "runtime/debug"

type versionCmd struct{}

// version is set when a release is built: -ldflags "-X main.version=v1.0.0".
var version = ""

func (c *versionCmd) Run(s *session) error {
	v, goVersion, revision := version, "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
		if v == "" {
			v = info.Main.Version
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				revision = " " + setting.Value
			}
		}
	}
	return s.printf("themeday %s%s %s\n", v, revision, goVersion)
}
