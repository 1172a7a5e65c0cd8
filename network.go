package themeday

// WeCom is the account on the network whose ids of people and groups last.
const WeCom Account = "wecom"

// WeComSession is its one session: the ids of its AI bot never change.
const WeComSession = "wecom"
