package main

import "context"

func benchChatter(context.Context, *bench) error  { return nil }
func benchRouting(context.Context, *bench) error  { return nil }
func benchSchedule(context.Context, *bench) error { return nil }
func benchStart(context.Context, *bench) error    { return nil }
func benchLedger(context.Context, *bench) error   { return nil }
