package main

import "runtime/debug"

type versionCmd struct{}

// version is set when a release is built: -ldflags "-X main.version=v1.0.0".
var version = ""

func (c *versionCmd) Run(s *session) error {
	goVersion := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
	}
	return s.printf("themeday %s %s\n", programVersion(), goVersion)
}

// programVersion is the version and, where it is known, the revision.
func programVersion() string {
	v, revision := version, ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if v == "" {
			v = info.Main.Version
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				revision = " " + setting.Value
			}
		}
	}
	return v + revision
}
